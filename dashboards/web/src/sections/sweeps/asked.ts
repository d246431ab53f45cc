import type { Asked } from '../../frame/asked.ts';
import { loadSweeps, type KeptSweep } from './load.ts';

/** The sweeps that were begun last: live. */
export const sweeps: Asked<readonly KeptSweep[]> = {
  ...{ key: 'sweeps', followsBlock: false, everySeconds: 10 },
  load: (_state, signal) => loadSweeps(signal),
};
