import { answerOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { element, type Markup } from '../../markup/element.ts';
import { fixedAssetsSentence } from '../../scenario/fixed-assets.ts';
import { scenarioForm } from '../../scenario/form.ts';
import { exposures } from '../exposure/asked.ts';
import { rowsOf } from '../heatmap/asked.ts';
import { termsForm } from '../terms/form.ts';

/** What moves, who acts, and the terms: the scenario, to be changed. */
export function editorPanel(state: State): Markup {
  const exposed = answerOf(state, exposures).value;
  return element(
    'section',
    { class: 'panel controls', id: 'scenario', key: 'scenario', 'aria-label': 'Scenario' },
    scenarioForm({
      ...{ moves: state.moves ?? [], settings: state.settings, known: rowsOf(state) },
      rejected: state.rejected,
      fixed: exposed && fixedAssetsSentence(exposed),
    }),
    termsForm(state),
  );
}
