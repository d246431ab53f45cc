import {
  accountTotals,
  ownValues,
  type AccountRow,
  type AccountTotals,
  type AssetRow,
  type Book,
} from '@undertow/book';

export type AccountOrder = 'health' | 'debt';

/** Which accounts; what is undefined is no condition. */
export interface AccountFilter {
  readonly venue?: string | undefined;
  readonly owner?: string | undefined;
  readonly maxHealthFactor?: number | undefined;
  readonly minDebtUsd?: number | undefined;
  /** That they hold or owe some of. */
  readonly asset?: AssetRow | undefined;
}

/** Totals of the accounts that match, in the order asked for; equals keep the order of the book. */
export function rankAccounts(book: Book, order: AccountOrder, filter: AccountFilter = {}): AccountTotals[] {
  const { accounts, venues } = book;
  const { venue, owner, asset, maxHealthFactor = Infinity, minDebtUsd = 0 } = filter;
  const values = ownValues(book);
  const found: AccountTotals[] = [];
  for (let row = 0; row < accounts.count; row++) {
    if (venue !== undefined && venues[accounts.venue[row]!]!.id !== venue) continue;
    if (owner !== undefined && accounts.owner[row] !== owner) continue;
    if (asset !== undefined && !hasAsset(book, row as AccountRow, asset)) continue;
    const totals = accountTotals(values, row as AccountRow);
    if (totals.healthFactor <= maxHealthFactor && totals.debtUsd >= minDebtUsd) found.push(totals);
  }
  return found.sort(
    order === 'debt' ? (a, b) => b.debtUsd - a.debtUsd : (a, b) => a.healthFactor - b.healthFactor,
  );
}

function hasAsset({ accounts, legs }: Book, account: AccountRow, asset: AssetRow): boolean {
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
    if (legs.asset[leg] === asset && legs.amount[leg] !== 0) return true;
  return false;
}
