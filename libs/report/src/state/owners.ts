import { accountTotals, ownValues, type AccountRow, type Book } from '@undertow/book';

/** One owner over all accounts that are looked at. USD at the oracle prices of each venue. */
export interface OwnerShare {
  readonly owner: string;
  readonly accounts: number;
  readonly venues: number;
  readonly collateralUsd: number;
  readonly debtUsd: number;
  /** Of the account nearest to its line; null where nothing has to be backed. */
  readonly leastHealth: number | null;
}

/** How much of the debt hangs on few owners. */
export interface Concentration {
  /** Id of a venue, or `all`. */
  readonly venue: string;
  readonly owners: number;
  readonly debtUsd: number;
  /** Share of the debt that the one, five, ten and fifty largest owe; 0 where there is no debt. */
  readonly top1: number;
  readonly top5: number;
  readonly top10: number;
  readonly top50: number;
  /** Σ (share of the debt)², over owners: 1 = one owes all, 1 ÷ n = n owe the same. Herfindahl and Hirschman's index. */
  readonly herfindahl: number;
}

/** Owners with debt, the largest debt first, then by address. */
export function ownersOf(book: Book, isMeant: (venue: number) => boolean = () => true): OwnerShare[] {
  const values = ownValues(book);
  const found = new Map<string, OwnerShare & { readonly at: Set<number> }>();
  for (let row = 0; row < book.accounts.count; row++) {
    const venue = book.accounts.venue[row]!;
    if (!isMeant(venue)) continue;
    const { collateralUsd, debtUsd, healthFactor } = accountTotals(values, row as AccountRow);
    const owner = book.accounts.owner[row]!;
    const before = found.get(owner);
    const health = healthFactor === Number.MAX_VALUE ? Infinity : healthFactor;
    const least = Math.min(health, before?.leastHealth ?? Infinity);
    const at = before?.at ?? new Set<number>();
    at.add(venue);
    found.set(owner, {
      owner,
      at,
      accounts: (before?.accounts ?? 0) + 1,
      venues: at.size,
      collateralUsd: (before?.collateralUsd ?? 0) + collateralUsd,
      debtUsd: (before?.debtUsd ?? 0) + debtUsd,
      leastHealth: Number.isFinite(least) ? least : null,
    });
  }
  return [...found.values()]
    .filter(({ debtUsd }) => debtUsd > 0)
    .sort((a, b) => b.debtUsd - a.debtUsd || (a.owner < b.owner ? -1 : 1));
}

/** How concentrated the debt of all venues, and of each, is. */
export function concentrations(book: Book): Concentration[] {
  return [
    concentrationOf('all', ownersOf(book)),
    ...book.venues.map(({ id }, row) =>
      concentrationOf(
        id,
        ownersOf(book, (venue) => venue === row),
      ),
    ),
  ];
}

function concentrationOf(venue: string, owners: readonly OwnerShare[]): Concentration {
  const debtUsd = owners.reduce((sum, one) => sum + one.debtUsd, 0);
  const top = (many: number) =>
    debtUsd === 0 ? 0 : owners.slice(0, many).reduce((sum, one) => sum + one.debtUsd, 0) / debtUsd;
  return {
    venue,
    owners: owners.length,
    debtUsd,
    top1: top(1),
    top5: top(5),
    top10: top(10),
    top50: top(50),
    herfindahl: debtUsd === 0 ? 0 : owners.reduce((sum, one) => sum + (one.debtUsd / debtUsd) ** 2, 0),
  };
}
