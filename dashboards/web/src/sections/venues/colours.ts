import { venueColours, type VenueColours } from '../../chart/venue-colours.ts';
import { themeOf, type State } from '../../frame/state.ts';

/** The colours of all venues that are watched, and of those that an answer names before it is known which are. */
export function coloursOf(state: State): VenueColours {
  const { venues, exposures, cascade } = state;
  const ids = [
    ...(venues.value ?? []).map(({ id }) => id),
    ...(exposures.value?.venues ?? []).map(({ venue }) => venue),
    ...(cascade.value?.byVenue ?? []).map(({ venue }) => venue),
  ];
  return venueColours(ids, themeOf(state));
}
