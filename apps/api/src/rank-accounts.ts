import {
  ownValues,
  totalsOfAccounts,
  type AccountRow,
  type AccountTotals,
  type AssetRow,
  type Book,
  type MarketRow,
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
  /** That they hold or owe something in it, or on its terms (a category of a venue that has such). */
  readonly market?: MarketRow | undefined;
}

/** Totals of the accounts that match, in the order asked for; equals keep the order of the book. */
export function rankAccounts(book: Book, order: AccountOrder, filter: AccountFilter = {}): AccountTotals[] {
  const { accounts, venues } = book;
  const { venue, owner, asset, market, maxHealthFactor = Infinity, minDebtUsd = 0 } = filter;
  const totals = totalsOfAccounts(ownValues(book));
  const found: AccountTotals[] = [];
  for (let row = 0; row < accounts.count; row++) {
    if (venue !== undefined && venues[accounts.venue[row]!]!.id !== venue) continue;
    if (owner !== undefined && accounts.owner[row] !== owner) continue;
    if (asset !== undefined && !hasLeg(book, row, (leg) => book.legs.asset[leg] === asset)) continue;
    if (market !== undefined && !hasLeg(book, row, isOf(book, market))) continue;
    const [healthFactor, debtUsd] = [totals.healthFactor[row]!, totals.debtUsd[row]!];
    if (!(healthFactor <= maxHealthFactor && debtUsd >= minDebtUsd)) continue;
    found.push({ row: row as AccountRow, healthFactor, collateralUsd: totals.collateralUsd[row]!, debtUsd });
  }
  return found.sort(
    order === 'debt' ? (a, b) => b.debtUsd - a.debtUsd : (a, b) => a.healthFactor - b.healthFactor,
  );
}

const isOf =
  ({ legs }: Book, market: MarketRow) =>
  (leg: number): boolean =>
    legs.market[leg] === market || legs.termsMarket[leg] === market;

/** Whether an account has some of a leg that is wanted. */
function hasLeg({ accounts, legs }: Book, account: number, isWanted: (leg: number) => boolean): boolean {
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++)
    if (legs.amount[leg] !== 0 && isWanted(leg)) return true;
  return false;
}
