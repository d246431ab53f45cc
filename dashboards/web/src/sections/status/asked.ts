import type { Asked } from '../../frame/asked.ts';
import { loadStatus, type Status } from './load.ts';

/** What is watched, how far it is read, whether it can be trusted: live, on every page. */
export const status: Asked<Status> = {
  key: 'status',
  followsBlock: false,
  load: (_state, signal) => loadStatus(signal),
  then: ({ value }, { set }) => value && set({ explorer: value.explorer ?? undefined }),
};
