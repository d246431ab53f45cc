import type { Asked } from '../../frame/asked.ts';
import { renamed, scenarioAt, scenarioText } from '../../scenario/asked-scenario.ts';
import { loadCascade, type Cascade } from './load.ts';

/** The cascade of the scenario on screen, at its block; nothing while there is no scenario. */
export const cascade: Asked<Cascade> = {
  key: 'cascade',
  followsBlock: true,
  isAsked: ({ moves }) => moves !== undefined,
  about: scenarioText,
  load: (state, signal) => loadCascade(scenarioAt(state), signal),
  then({ value, isOpening, problem }, { get, set, write }) {
    if (!value || isOpening || problem) return;
    // The form and the address take over the names that the book has for what was typed.
    const change = renamed(get(), { moves: value.scenario.moves, overrides: value.overrides });
    if (!change) return;
    set(change);
    if (get().isChosen) write('same');
  },
};
