import { answerOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { sweep, sweepIdOf } from '../sweep-run/asked.ts';
import { loadSweepTail, type SweepTail, type TailWanted } from './load.ts';

/** The API runs at most 500 scenarios of a tail again. */
const MOST_SCENARIOS = 500;

/** The tail to whose expected shortfall venues contribute, or the worst part of it that is run again; undefined until the sweep is done. */
export function tailWanted(state: State): TailWanted | undefined {
  const id = sweepIdOf(state);
  const { value } = answerOf(state, sweep);
  if (id === undefined || !value?.summary) return undefined;
  const { contributionLevel: level, count } = value.summary;
  // A tenth of it, of the most scenarios that a sweep has here, is below that.
  const rest = 1 - level;
  const isShort = rest * count <= MOST_SCENARIOS;
  return { sweep: id, level: isShort ? level : Number((1 - rest / 10).toPrecision(6)) };
}

/** What the worst scenarios of the sweep in the path have in common. */
export const sweepTail: Asked<SweepTail> = {
  ...{ key: 'sweepTail', followsBlock: false, everySeconds: 3_600, forgets: true },
  isAsked: (state) => tailWanted(state) !== undefined,
  about: (state) => JSON.stringify(tailWanted(state)),
  load(state, signal) {
    const wanted = tailWanted(state);
    if (wanted === undefined) throw new Error('bug: a tail is asked for that is not known yet');
    return loadSweepTail(wanted, signal);
  },
};
