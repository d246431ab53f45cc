import { isDue, type AccountRow, type VenueRow } from '@undertow/book';
import { kernelOf } from './kernels.ts';
import type { Claim } from './kernel.ts';
import type { View } from './state.ts';

/**
 * Everything that liquidators can go for at a view's prices, venue by venue.
 *
 * @param among accounts in the book's order, among which all are that are due; undefined = all accounts.
 */
export function claimsOf(view: View, among?: readonly AccountRow[]): Claim[] {
  const { book } = view;
  const due: AccountRow[][] = book.venues.map(() => []);
  const test = (row: AccountRow) => {
    if (isDue(view, row)) due[book.accounts.venue[row] as VenueRow]!.push(row);
  };
  if (among) among.forEach(test);
  else for (let row = 0; row < book.accounts.count; row++) test(row as AccountRow);
  return book.venues.flatMap(({ rule }, venue) =>
    rule === undefined || due[venue]!.length === 0 ? [] : kernelOf(rule).claims(view, due[venue]!),
  );
}
