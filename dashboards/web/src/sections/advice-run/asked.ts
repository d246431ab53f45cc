import { answerOf, type Asked } from '../../frame/asked.ts';
import { followedRun } from '../../frame/followed-run.ts';
import type { State } from '../../frame/state.ts';
import { loadAdviceRun, loadAdviceRuns, type AdviceRun, type KeptAdviceRun } from './load.ts';

/** The id of the run in the path; undefined where there is none. */
export const runIdOf = ({ at }: Pick<State, 'at'>): string | undefined =>
  at.page === 'advice' ? at.parts['id'] : undefined;

/** The run in the path. */
export const adviceRun = followedRun<AdviceRun>({
  ...{ key: 'adviceRun', idOf: runIdOf, load: loadAdviceRun },
  ...{ pollMs: 1_000, said: 'The advices are' },
});

/** Runs that were begun last: live, and anew when the one on screen is another or stands otherwise. */
export const adviceRuns: Asked<readonly KeptAdviceRun[]> = {
  ...{ key: 'adviceRuns', followsBlock: false, everySeconds: 60 },
  about: (state) => `${runIdOf(state) ?? ''} ${answerOf(state, adviceRun).value?.state ?? ''}`,
  load: (_state, signal) => loadAdviceRuns(signal),
};
