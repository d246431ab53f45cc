import { answerOf, type Asked } from './asked.ts';
import { isSamePlace } from './place.ts';
import { placeOf } from './place-of.ts';
import type { State } from './state.ts';

/** The state in which every answer that is of an earlier block than the screen says so. */
export function markedBehind(state: State, asked: readonly Asked<unknown>[]): State {
  const place = placeOf(state);
  if (!place) return state;
  const behind = asked.flatMap((one) => {
    const loaded = answerOf(state, one);
    if (!one.followsBlock || loaded.value === undefined || isSamePlace(loaded.asked, place)) return [];
    return [[one.key, { ...loaded, behind: { stands: loaded.asked?.block, reads: place.block } }] as const];
  });
  if (behind.length === 0) return state;
  return { ...state, answers: { ...state.answers, ...Object.fromEntries(behind) } };
}
