import { answerOf } from '../../frame/asked.ts';
import { scenarioAddress } from '../../frame/carried.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup } from '../../markup/element.ts';
import { fixedAssetsSentence } from '../../scenario/fixed-assets.ts';
import { scenarioForm } from '../../scenario/form.ts';
import { exposures } from '../exposure/asked.ts';
import { termsForm } from '../terms/form.ts';
import { knownRows, readyMade } from './asked.ts';

/** What moves, who acts, and the terms: the scenario, to be changed. */
export function editorPanel(state: State): Markup {
  const exposed = answerOf(state, exposures).value;
  const ready = readyMade(state).map(({ name, moves, depth }) => ({
    name,
    href: scenarioAddress(state, {
      moves,
      ...(depth !== undefined && { settings: { ...state.settings, depth } }),
    }),
  }));
  return element(
    'section',
    { class: 'panel controls', id: 'scenario', key: 'scenario', 'aria-label': 'Scenario' },
    scenarioForm({
      ...{ moves: state.moves ?? [], settings: state.settings, known: knownRows(state), ready },
      rejected: state.rejected,
      fixed: exposed && fixedAssetsSentence(exposed),
    }),
    termsForm(state),
  );
}
