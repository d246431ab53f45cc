import { answerOf } from '../../frame/asked.ts';
import type { State } from '../../frame/state.ts';
import { venues } from './asked.ts';
import type { Venue } from './load.ts';

/** The id of the venue in the path; undefined on pages of no venue. */
export const venueIdOf = ({ at }: Pick<State, 'at'>): string | undefined => at.parts['id'];

/** The venue in the path; undefined where none has that id. */
export function venueOf(state: Pick<State, 'at' | 'answers'>): Venue | undefined {
  const id = venueIdOf(state);
  return answerOf(state, venues).value?.find((venue) => venue.id === id);
}
