import { answerOf } from '../../frame/asked.ts';
import type { Loaded } from '../../frame/loaded.ts';
import type { State } from '../../frame/state.ts';
import { elsewhere } from '../../frame/tell-once.ts';
import { cascade } from './asked.ts';
import type { Cascade } from './load.ts';

/** The cascade of the scenario on screen, for the part that comes first; without a scenario there is none. */
export function shownCascade(state: State): Loaded<Cascade> {
  const { moves, scenarioProblems } = state;
  if (scenarioProblems.length > 0) {
    const message =
      'The scenario of this link could not be read, see the top of the page, so that nothing is computed for it. Choose another.';
    return { value: undefined, at: undefined, isOpening: false, problem: { kind: 'link', message } };
  }
  const loaded = answerOf(state, cascade);
  return moves ? loaded : { ...loaded, value: undefined, isOpening: false };
}

/** The same for the parts below it, which do not tell again what is wrong. */
export const cascadeBelow = (state: State): Loaded<Cascade> => {
  const loaded = shownCascade(state);
  const isToldAbove = loaded.problem?.kind === 'refused' || loaded.problem?.kind === 'link';
  return isToldAbove ? elsewhere(loaded, 'see “What is lost”') : loaded;
};
