import type { Asked } from '../../frame/asked.ts';
import { loadClearing, type Clearing } from './load.ts';

/** The view of a clearing house: at the pinned block, else at the newest every few minutes, as hundreds of shocks change it slowly. */
export const clearing: Asked<Clearing> = {
  ...{ key: 'clearing', followsBlock: false, everySeconds: 300, forgets: true },
  about: ({ pinned }) => String(pinned),
  load: ({ pinned }, signal) => loadClearing(pinned, signal),
};
