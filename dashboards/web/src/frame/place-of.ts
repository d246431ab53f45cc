import type { Place } from './place.ts';
import type { State } from './state.ts';

/** Where everything that has a block is asked now: at the pinned one, or at the head that the screen stands at. */
export function placeOf({ pinned, screen }: Pick<State, 'pinned' | 'screen'>): Place | undefined {
  return pinned === undefined ? screen : { block: pinned, hash: undefined };
}
