import type { Head } from '../sections/status/load.ts';
import type { Place } from './place.ts';
import type { State } from './state.ts';

/** Where everything that has a block is asked now: at the pinned one, or at the head that the screen stands at. */
export function placeOf({ pinned, screen }: Pick<State, 'pinned' | 'screen'>): Place | undefined {
  return pinned === undefined ? screen : { block: pinned, hash: undefined };
}

/** The newest head: what was heard while news arrive, what was asked or heard later otherwise. */
export function newestHead({
  connection,
  head,
  heardAt,
  status,
}: Pick<State, 'connection' | 'head' | 'heardAt' | 'status'>): Head | undefined {
  const asked = status.value?.head ? { ...status.value.head, reorg: false } : undefined;
  if (!head || !asked) return head ?? asked;
  return connection === 'live' || heardAt >= (status.at ?? 0) ? head : asked;
}
