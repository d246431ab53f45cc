import { accountTotals, ownValues, type AccountRow, type AccountTotals, type Book } from '@undertow/book';

export type AccountOrder = 'health' | 'debt';

export interface AccountFilter {
  readonly venue?: string | undefined;
  readonly maxHealthFactor?: number | undefined;
}

/** Totals of the accounts that match, in the order asked for; equals keep the order of the book. */
export function rankAccounts(book: Book, order: AccountOrder, filter: AccountFilter = {}): AccountTotals[] {
  const { accounts, venues } = book;
  const values = ownValues(book);
  const found: AccountTotals[] = [];
  for (let row = 0; row < accounts.count; row++) {
    if (filter.venue !== undefined && venues[accounts.venue[row]!]!.id !== filter.venue) continue;
    const totals = accountTotals(values, row as AccountRow);
    if (totals.healthFactor <= (filter.maxHealthFactor ?? Infinity)) found.push(totals);
  }
  return found.sort(
    order === 'debt' ? (a, b) => b.debtUsd - a.debtUsd : (a, b) => a.healthFactor - b.healthFactor,
  );
}
