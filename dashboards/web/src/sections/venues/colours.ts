import { venueColours, type VenueColours } from '../../chart/venue-colours.ts';
import { answerOf } from '../../frame/asked.ts';
import { themeOf, type State } from '../../frame/state.ts';

import { cascade } from '../cascade/asked.ts';
import { exposures } from '../exposure/asked.ts';
import { venues } from './asked.ts';

/** The colours of all venues that are watched, and of those that an answer names before it is known which are. */
export function coloursOf(state: State): VenueColours {
  const ids = [
    ...(answerOf(state, venues).value ?? []).map(({ id }) => id),
    ...(answerOf(state, exposures).value?.venues ?? []).map(({ venue }) => venue),
    ...(answerOf(state, cascade).value?.byVenue ?? []).map(({ venue }) => venue),
  ];
  return venueColours(ids, themeOf(state));
}
