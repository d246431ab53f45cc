import { answerOf, type Asked } from '../../frame/asked.ts';
import { sweep, sweepIdOf } from '../sweep-run/asked.ts';
import { loadSweeps, type KeptSweep } from './load.ts';

/** The sweeps that were begun last: live, and anew when the one on screen is another or stands otherwise. */
export const sweeps: Asked<readonly KeptSweep[]> = {
  ...{ key: 'sweeps', followsBlock: false, everySeconds: 10 },
  about: (state) => `${sweepIdOf(state) ?? ''} ${answerOf(state, sweep).value?.state ?? ''}`,
  load: (_state, signal) => loadSweeps(signal),
};
