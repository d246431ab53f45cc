import type { ActionTable } from '../../frame/action-table.ts';
import { answerOf } from '../../frame/asked.ts';
import type { Frame } from '../../frame/frame.ts';
import type { State } from '../../frame/state.ts';
import { markets } from '../markets/asked.ts';
import { venues } from '../venues/asked.ts';
import { readOracle, termField, termOf, withValue, writeOracle, writtenValue } from './overrides.ts';

/** Choosing the market whose terms are shown to be changed: in the form, or by a link that leads to it. */
export const editMarket = ({ set }: Frame): ActionTable => ({
  'edit-market': (target) => {
    const editedMarket = target instanceof HTMLSelectElement ? target.value : target.dataset['market'];
    set({ editedMarket });
  },
});

/** Choosing a market, and changing its terms. */
export function termsActions(frame: Frame): ActionTable {
  const { get, set, write } = frame;
  const change = (overrides: readonly string[], said: string): void => {
    set({
      ...{ overrides, moves: get().moves ?? [], isChosen: true, said },
      ...{ linkProblems: [], scenarioProblems: [], rejected: undefined },
    });
    write('same');
  };
  const setTerm = (term: string, value: string | undefined): void =>
    change(
      withValue(get().overrides, term, value),
      value === undefined ? `${term} stays as it is` : `What if ${term} were ${value}`,
    );

  return {
    ...editMarket(frame),
    term: (target) => {
      if (!(target instanceof HTMLInputElement)) return;
      const { term = '', field = '' } = target.dataset;
      const value = writtenValue(target.value, termField(field));
      const isEmpty = target.value === '' && !target.validity.badInput;
      if (value === undefined && !isEmpty)
        return set({ rejected: { at: `term ${term}`, text: target.value, why: 'it must be a number.' } });
      // An emptied box is the term as it is, and shows it again.
      if (isEmpty) target.value = target.dataset['present'] ?? '';
      setTerm(term, value !== undefined && isPresent(get(), term, value) ? undefined : value);
    },
    'term-oracle': (target) => {
      const { term = '', present, form } = target.dataset;
      if (target instanceof HTMLInputElement && !(Number(target.value) > 0))
        return set({
          rejected: { at: `price ${term}`, text: target.value, why: 'a price must be above 0.' },
        });
      const before = readOracle(
        get()
          .overrides.find((one) => termOf(one) === term)
          ?.split('=')
          .at(-1),
      );
      const choice =
        target instanceof HTMLInputElement
          ? { form: form ?? before.form, priceUsd: Number(target.value) }
          : { form: target instanceof HTMLSelectElement ? target.value : '', priceUsd: undefined };
      setTerm(term, writeOracle(choice, Number(present)));
    },
    'remove-override': ({ dataset }) =>
      change(
        get().overrides.filter((override) => override !== dataset['override']),
        `Left as it is: ${dataset['override']}`,
      ),
    'type-override': (target) => {
      const input = target.querySelector<HTMLInputElement>('input');
      const text = input?.value.trim() ?? '';
      if (!/\S\s*=\s*\S/.test(text)) {
        const why = 'a change looks like aave-v3@devnet WETH liquidationThreshold=0.80';
        return set({ rejected: { at: 'override', text, why } });
      }
      const cut = text.lastIndexOf('=');
      setTerm(text.slice(0, cut).trim(), text.slice(cut + 1).trim());
      if (input) input.value = '';
    },
  };
}

/** Whether a value is the one in force: then nothing is changed. */
function isPresent(state: State, term: string, value: string): boolean {
  if (term.endsWith(' depth')) return Number(value) === 1;
  const all = [
    ...(answerOf(state, markets).value ?? []).flatMap(({ venue, name, terms }) =>
      terms.map((one) => ({ ...one, key: `${venue} ${name} ${one.field}` })),
    ),
    ...(answerOf(state, venues).value ?? []).flatMap(({ id, terms }) =>
      terms.map((one) => ({ ...one, key: `${id} ${one.field}` })),
    ),
  ];
  return all.some((one) => one.key === term && one.value === Number(value));
}
