import { AT_BLOCK, type Loaded } from './loaded.ts';
import { isSamePlace } from './place.ts';
import { placeOf } from './place-of.ts';
import type { State } from './state.ts';

/** The state in which every answer that is of an earlier block than the screen says so. */
export function markedBehind(state: State): State {
  const place = placeOf(state);
  if (!place) return state;
  const behind = AT_BLOCK.flatMap((name) => {
    const loaded: Loaded<unknown> = state[name];
    if (loaded.value === undefined || isSamePlace(loaded.asked, place)) return [];
    return [[name, { ...loaded, behind: { stands: loaded.asked?.block, reads: place.block } }]];
  });
  return behind.length === 0 ? state : { ...state, ...Object.fromEntries(behind) };
}
