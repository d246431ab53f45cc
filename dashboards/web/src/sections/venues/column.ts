import { venueName } from '../../format/venue.ts';
import type { Column } from '../../frame/table.ts';

/** The column of the venue that a row is of: read by its name, kept in files by its id too. */
export function venueColumn<Row extends { readonly venue: string }>(name = 'Venue'): Column<Row> {
  return {
    name,
    value: ({ venue }) => venueName(venue),
    also: [{ name: `${name} id`, value: ({ venue }) => venue }],
  };
}
