import { LEG_ROLES, type Book } from '../book.ts';
import { isConstantOracle } from '../constant-oracle.ts';
import { dueAccounts } from '../due-accounts.ts';
import type { AccountRow } from '../rows.ts';
import { decidedHealth } from './decided-health.ts';
import { legPriceUsd, ownValues, valueAccount, type BookValues } from '../value-account.ts';
import { valueAccounts, type AccountValues } from '../value-accounts.ts';

/**
 * What a leg is to its account.
 *
 * - `collateral`: counts with its liquidation threshold; `supply`: held, but counts as nothing; `debt`: owed.
 * - `long`, `short`: a perpetual position; its open notional and settled cash are collateral or debt of the quote token.
 * - `option-held`: counts with what the contract is worth; `option-written`: with what its writer must put up.
 */
export type LegKind = 'collateral' | 'supply' | 'debt' | 'long' | 'short' | 'option-held' | 'option-written';

/** What one account holds and owes, at the oracle prices of its venue. */
export interface AccountSummary {
  readonly venue: string;
  readonly owner: string;
  /** '' where an owner has one account at the venue, else what names this one: a pair, an option position. */
  readonly market: string;
  /** What people call that market; '' where there is no market. */
  readonly label: string;
  /** See `AccountValue` and `accountTotals`; `Number.MAX_VALUE` when nothing has to be backed. */
  readonly healthFactor: number;
  readonly collateralUsd: number;
  readonly debtUsd: number;
  readonly legs: readonly LegSummary[];
}

export interface LegSummary {
  readonly asset: string;
  readonly symbol: string;
  /** What people call the market that the leg is in. */
  readonly market: string;
  readonly kind: LegKind;
  /** The option series; undefined on other legs. */
  readonly instrument: string | undefined;
  /** Whole units of the asset, or contracts of an option. */
  readonly amount: number;
  /** USD per unit as the account is valued: see `legPriceUsd`. */
  readonly priceUsd: number;
  readonly valueUsd: number;
  /** 0 on debt and on supply that is not collateral. */
  readonly liquidationThreshold: number;
  /** 0 but on perpetual positions. */
  readonly maintenanceMargin: number;
  /** True when the venue takes the price as given: neither shocks nor sales move it. */
  readonly isFixed: boolean;
}

/** Totals of one account row, without its legs: what ranking needs. */
export interface AccountTotals {
  readonly row: AccountRow;
  readonly healthFactor: number;
  readonly collateralUsd: number;
  readonly debtUsd: number;
}

/**
 * Collateral, debt and health factor of an account, as the engine sees them. The health factor is below 1 exactly when
 * the venue would let the account be liquidated now.
 *
 * @param values those of the book itself, `ownValues`: made once for many accounts.
 */
export function accountTotals(values: BookValues, row: AccountRow): AccountTotals {
  const value = valueAccount(values, row);
  const healthFactor = decidedHealth(values, row, value.healthFactor);
  // Neither GraphQL nor JSON has infinity.
  return { row, ...value, healthFactor: Math.min(healthFactor, Number.MAX_VALUE) };
}

/** `accountTotals` of every account, as columns by account row: one pass over the book. */
export function totalsOfAccounts(values: BookValues): AccountValues {
  const found = valueAccounts(values);
  const due = dueAccounts(values, found);
  const healthFactor = found.healthFactor.map((floats, row) => {
    const isAgreed = (due[row] === 1) === floats < 1;
    const decided = isAgreed ? floats : decidedHealth(values, row as AccountRow, floats);
    return Math.min(decided, Number.MAX_VALUE);
  });
  return { ...found, healthFactor };
}

/** An account as a person wants to see it. */
export function accountSummary(book: Book, totals: AccountTotals): AccountSummary {
  const { accounts, legs, venues } = book;
  const { row, healthFactor, collateralUsd, debtUsd } = totals;
  const venue = accounts.venue[row]!;
  const market = accounts.market[row]!;
  const [start, end] = [accounts.legStart[row]!, accounts.legStart[row + 1]!];
  const values = ownValues(book);
  return {
    venue: venues[venue]!.id,
    owner: accounts.owner[row]!,
    market,
    label: labelOf(),
    healthFactor,
    collateralUsd,
    debtUsd,
    legs: Array.from({ length: end - start }, (_, i) => start + i)
      .filter((leg) => legs.amount[leg] !== 0)
      .map((leg) => legSummary(values, leg)),
  };

  function labelOf(): string {
    if (market === '') return '';
    const known = book.markets.find((one) => one.venue === venue && one.id === market)?.label;
    // What names one position among several is no market of its own: it is in the market of its first leg.
    return known ?? `${book.markets[legs.market[start]!]?.label ?? ''} #${market}`.trim();
  }

  function legSummary(values: BookValues, leg: number): LegSummary {
    const { address, symbol } = book.assets[legs.asset[leg]!]!;
    const [amount, priceUsd] = [legs.amount[leg]!, legPriceUsd(values, leg)];
    return {
      asset: address,
      symbol,
      market: book.markets[legs.market[leg]!]!.label,
      kind: legKind(book, leg),
      instrument: book.instruments[legs.instrument[leg]!]?.label,
      amount,
      priceUsd,
      valueUsd: amount * priceUsd,
      liquidationThreshold: legs.liquidationThreshold[leg]!,
      maintenanceMargin: legs.maintenanceMargin[leg]!,
      isFixed: isConstantOracle(book, book.oracles[legs.oracle[leg]!]!),
    };
  }
}

/** What a leg is to its account, from the columns alone. */
export function legKind({ legs }: Book, leg: number): LegKind {
  const owes = legs.side[leg] === -1;
  const role = LEG_ROLES[legs.role[leg]!];
  if (role === 'option') return owes ? 'option-written' : 'option-held';
  if (role === 'base') return owes ? 'short' : 'long';
  if (owes) return 'debt';
  return legs.liquidationThreshold[leg]! > 0 ? 'collateral' : 'supply';
}
