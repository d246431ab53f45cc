import { answerOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { sweep, sweepIdOf } from '../sweep-run/asked.ts';
import { loadReverseStress, type ReverseStress, type StressWanted } from './load.ts';

/** Which loss somebody asks for; undefined while nobody does, and where the plan has no covariance. */
export function stressWanted(state: State): StressWanted | undefined {
  const id = sweepIdOf(state);
  const { loseUsd, loseAt } = state.sweep;
  if (id === undefined || loseUsd === undefined || !hasCovariance(state)) return undefined;
  return { sweep: id, lossUsd: loseUsd, venue: loseAt };
}

/** Whether the plan is drawn from a Student-t: undefined while it is not known. */
export function hasCovariance(state: State): boolean | undefined {
  const { value } = answerOf(state, sweep);
  return value && value.plan.model?.kind === 'student-t';
}

/** The nearest move that loses as much as somebody asks for. */
export const reverseStress: Asked<ReverseStress> = {
  ...{ key: 'reverseStress', followsBlock: false, everySeconds: 3_600, forgets: true },
  isAsked: (state) => stressWanted(state) !== undefined,
  about: (state) => JSON.stringify(stressWanted(state)),
  load(state, signal) {
    const wanted = stressWanted(state);
    if (wanted === undefined) throw new Error('bug: a loss is looked for that nobody asks for');
    return loadReverseStress(wanted, signal);
  },
};
