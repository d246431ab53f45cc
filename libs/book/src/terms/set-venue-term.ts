import type { BookContent } from '../file/canonical.ts';
import { mechanisms } from '../mechanisms.ts';
import { checkRatio, refuseUnknownTerm } from './check-terms.ts';
import { venueRow } from './find-row.ts';
import type { TermsOverride } from './override.ts';

/** A book in which a whole venue has another term. */
export function withVenueTerm(
  book: BookContent,
  { venue: id, field, value }: Extract<TermsOverride, { kind: 'venue' }>,
): BookContent {
  const venue = venueRow(book, id);
  const { mechanism, rule } = book.venues[venue]!;
  const { terms } = mechanisms[mechanism];
  const known = rule !== undefined && field in rule ? terms.venue : [];
  refuseUnknownTerm(field, { venue: id, known: [...known, ...terms.market] });
  checkRatio(field, value);
  const venues = book.venues.map((one, row) =>
    row === venue && one.rule ? { ...one, rule: { ...one.rule, [field]: value } } : one,
  );
  const changed = { ...book, venues };
  return terms.followVenue?.(changed, { venue, field, value }) ?? changed;
}
