import type { Asked } from '../../frame/asked.ts';
import { loadBlocks, type StoredBlock } from './load.ts';

/** Which blocks the screen can go to: live. */
export const storedBlocks: Asked<readonly StoredBlock[]> = {
  ...{ key: 'storedBlocks', followsBlock: false, everySeconds: 60 },
  load: (_state, signal) => loadBlocks(signal),
};
