import { venueName } from '../../format/venue.ts';
import { answerOf } from '../../frame/asked.ts';
import { whyNotTaken } from '../../frame/rejected.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup } from '../../markup/element.ts';
import { oracles } from '../oracles/asked.ts';
import { CAP_BOX } from './actions.ts';

/** What to ask about: the oracle, the rate and time that the update names, and what holds it back. */
export function capUpdateForm(state: State): Markup {
  const { capUpdate: chosen, rejected } = state;
  const capped = cappedOracles(state);
  const isListed = chosen === undefined || capped.some(({ id }) => id === chosen.oracle);
  const box = (name: string, label: string, attributes: Parameters<typeof element>[1]) =>
    element(
      'label',
      { class: 'field', key: name },
      element('span', {}, label),
      element('input', { name, autocomplete: 'off', 'data-key': 'cap', ...attributes }),
    );
  return element(
    'form',
    { class: 'cap-update', 'data-act': 'play-cap-update', key: 'form', novalidate: true },
    element(
      'div',
      { class: 'fields' },
      element(
        'label',
        { class: 'field', key: 'cap' },
        element('span', {}, 'Oracle under a cap'),
        element(
          'select',
          { name: 'cap', value: chosen?.oracle ?? capped[0]?.id ?? '' },
          !isListed && element('option', { value: chosen.oracle, key: 'chosen' }, chosen.oracle),
          capped.map(({ id, label }) => element('option', { value: id, key: id }, label)),
          capped.length === 0 &&
            isListed &&
            element('option', { value: '', key: 'none' }, 'none at this block'),
        ),
      ),
      box('ratio', 'Rate from which it grows', {
        type: 'number',
        step: 'any',
        min: 0,
        value: chosen?.ratio ?? '',
      }),
      box('since', 'When the token had it (UTC)', {
        ...{ type: 'datetime-local', step: 1 },
        value: chosen === undefined ? '' : new Date(chosen.since * 1_000).toISOString().slice(0, 19),
      }),
      box('change', 'Moves at most (%)', {
        ...{ type: 'number', step: 'any', min: 0, max: 100, placeholder: 'no limit' },
        value: chosen?.mostChange === undefined ? '' : Number((chosen.mostChange * 100).toPrecision(12)),
      }),
    ),
    element(
      'div',
      { class: 'choices' },
      element('button', { type: 'submit' }, 'Play the update'),
      chosen !== undefined &&
        element('button', { type: 'button', 'data-act': 'leave-cap-update', key: 'leave' }, 'Leave it'),
    ),
    whyNotTaken(rejected, CAP_BOX),
  );
}

/** Oracles below which a rate is capped, each once, by what their assets are called. */
function cappedOracles(state: State): readonly { readonly id: string; readonly label: string }[] {
  const all = answerOf(state, oracles).value?.oracles ?? [];
  const found = new Map<string, string>();
  for (const { id, asset, venues, capHeadroom } of all)
    if (capHeadroom !== null && !found.has(id))
      found.set(id, `${asset.symbol} at ${venues.map(venueName).join(', ')}`);
  return [...found].map(([id, label]) => ({ id, label }));
}
