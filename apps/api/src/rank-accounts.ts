import { ownValues, type AccountRow, type Book } from '@undertow/book';
import { accountTotals, type AccountTotals } from './account-summary.ts';

export type AccountOrder = 'HEALTH_FACTOR' | 'DEBT';

export interface AccountFilter {
  readonly venue?: string | undefined;
  readonly owner?: string | undefined;
}

/** Totals of the accounts that match, in the order asked for; equals keep the order of the book. */
export function rankAccounts(book: Book, order: AccountOrder, filter: AccountFilter = {}): AccountTotals[] {
  const { accounts, venues } = book;
  const values = ownValues(book);
  const found: AccountTotals[] = [];
  for (let row = 0; row < accounts.count; row++) {
    if (filter.venue !== undefined && venues[accounts.venue[row]!]!.id !== filter.venue) continue;
    if (filter.owner !== undefined && accounts.owner[row] !== filter.owner) continue;
    found.push(accountTotals(values, row as AccountRow));
  }
  return found.sort(
    order === 'DEBT' ? (a, b) => b.debtUsd - a.debtUsd : (a, b) => a.healthFactor - b.healthFactor,
  );
}
