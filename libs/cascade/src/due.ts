import { isDue, type AccountRow, type VenueRow } from '@undertow/book';
import { kernelOf } from './kernels.ts';
import type { Claim } from './kernel.ts';
import type { View } from './state.ts';

/** Everything that liquidators can go for at a view's prices, venue by venue. */
export function claimsOf(view: View): Claim[] {
  const { book } = view;
  const due: AccountRow[][] = book.venues.map(() => []);
  for (let row = 0; row < book.accounts.count; row++)
    if (isDue(view, row as AccountRow)) due[book.accounts.venue[row] as VenueRow]!.push(row as AccountRow);
  return book.venues.flatMap(({ rule }, venue) =>
    rule === undefined || due[venue]!.length === 0 ? [] : kernelOf(rule).claims(view, due[venue]!),
  );
}
