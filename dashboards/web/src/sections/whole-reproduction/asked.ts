import { answerOf, type Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { sweep, sweepIdOf } from '../sweep-run/asked.ts';
import { loadWholeReproduction, type WholeReproduction } from './load.ts';

/** The block of the sweep in the path. */
const blockOfSweep = (state: State): number | undefined =>
  sweepIdOf(state) === undefined ? undefined : answerOf(state, sweep).value?.block;

/**
 * How strongly liquidation feeds itself in the whole book along a fall: at the block of the sweep, as all that is told of it; it takes
 * many first rounds, so that it is not asked again with every head.
 */
export const wholeReproduction: Asked<WholeReproduction> = {
  ...{ key: 'wholeReproduction', followsBlock: false, everySeconds: 3_600, forgets: true },
  isAsked: (state) => blockOfSweep(state) !== undefined,
  about: (state) => String(blockOfSweep(state)),
  load: (state, signal) => loadWholeReproduction(blockOfSweep(state), signal),
};
