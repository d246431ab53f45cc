import { valueAccount, type AccountRow, type Book, type BookValues, type BookVenue } from '@undertow/book';
import { floorsAverageThreshold, pooledRelease } from '@undertow/market';

/** What one account holds and owes, at the oracle prices of its venue. */
export interface AccountSummary {
  readonly venue: string;
  readonly owner: string;
  /** Id of the market for an isolated pair; empty for an account over all markets of its venue. */
  readonly market: string;
  /** Threshold-weighted collateral ÷ debt; `Number.MAX_VALUE` when the debt is worth nothing. */
  readonly healthFactor: number;
  readonly collateralUsd: number;
  readonly debtUsd: number;
  readonly legs: readonly LegSummary[];
}

export interface LegSummary {
  readonly asset: string;
  readonly symbol: string;
  readonly side: 'COLLATERAL' | 'DEBT';
  readonly amount: number;
  readonly valueUsd: number;
  readonly liquidationThreshold: number;
}

/** Totals of one account row, without its legs: what ranking needs. */
export interface AccountTotals {
  readonly row: AccountRow;
  readonly healthFactor: number;
  readonly collateralUsd: number;
  readonly debtUsd: number;
}

/** Collateral, debt and health factor of an account, as the engine sees them. */
export function accountTotals(values: BookValues, row: AccountRow): AccountTotals {
  const { venues, accounts } = values.book;
  const value = valueAccount(values, row, isFloored(venues[accounts.venue[row]!]!));
  // GraphQL has no infinity.
  return { row, ...value, healthFactor: Math.min(value.healthFactor, Number.MAX_VALUE) };
}

/** An account as a person wants to see it. */
export function accountSummary(book: Book, totals: AccountTotals): AccountSummary {
  const { accounts, legs, oracles, assets, markets } = book;
  const { row, healthFactor, collateralUsd, debtUsd } = totals;
  const venue = book.venues[accounts.venue[row]!]!;
  const start = accounts.legStart[row]!;
  const rows = Array.from({ length: accounts.legStart[row + 1]! - start }, (_, i) => start + i);
  return {
    venue: venue.id,
    owner: accounts.owner[row]!,
    market: venue.mechanism === 'isolated-pair' ? (markets[legs.market[start]!]?.id ?? '') : '',
    healthFactor,
    collateralUsd,
    debtUsd,
    legs: rows.map((leg) => {
      const { address, symbol } = assets[legs.asset[leg]!]!;
      const amount = legs.amount[leg]!;
      return {
        asset: address,
        symbol,
        side: legs.side[leg] === -1 ? 'DEBT' : 'COLLATERAL',
        amount,
        valueUsd: amount * oracles[legs.oracle[leg]!]!.priceUsd,
        liquidationThreshold: legs.liquidationThreshold[leg]!,
      };
    }),
  };
}

function isFloored({ mechanism, version }: BookVenue): boolean {
  const release = mechanism === 'pooled-lending' ? pooledRelease(version) : undefined;
  return release !== undefined && floorsAverageThreshold(release);
}
