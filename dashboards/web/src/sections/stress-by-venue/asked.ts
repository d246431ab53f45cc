import type { Asked } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { stressWanted } from '../reverse-stress/asked.ts';
import type { StressWanted } from '../reverse-stress/load.ts';
import { loadStressByVenue, type StressByVenue } from './load.ts';

/** Which loss somebody asks for, whosever it is; undefined while nobody does. */
function wantedOf(state: State): Omit<StressWanted, 'venue'> | undefined {
  const wanted = stressWanted(state);
  return wanted && { sweep: wanted.sweep, lossUsd: wanted.lossUsd };
}

/** The loss that somebody asks for, of every venue by itself. */
export const stressByVenue: Asked<StressByVenue> = {
  ...{ key: 'stressByVenue', followsBlock: false, everySeconds: 3_600, forgets: true },
  isAsked: (state) => wantedOf(state) !== undefined,
  about: (state) => JSON.stringify(wantedOf(state)),
  load(state, signal) {
    const wanted = wantedOf(state);
    if (wanted === undefined) throw new Error('bug: a loss of venues is looked for that nobody asks for');
    return loadStressByVenue(wanted, signal);
  },
};
