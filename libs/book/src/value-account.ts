import type { AccountRow, Book } from './book.ts';

/** A book with the amounts and prices that its accounts are valued at: its own, or those of a cascade under way. */
export interface BookValues {
  readonly book: Book;
  /** Amount of every leg, asset units. */
  readonly amount: Float64Array;
  /** Oracle price by oracle row, USD. */
  readonly oraclePriceUsd: Float64Array;
}

/** What an account is worth, in floats. */
export interface AccountValue {
  /** Σ collateral × threshold ÷ Σ debt; Infinity when the debt is worth nothing. */
  readonly healthFactor: number;
  /** Supply that counts as collateral: its threshold is above 0. */
  readonly collateralUsd: number;
  readonly debtUsd: number;
}

/** The book at its own amounts and oracle prices. */
export function ownValues(book: Book): BookValues {
  const oraclePriceUsd = Float64Array.from(book.oracles, ({ priceUsd }) => priceUsd);
  return { book, amount: book.legs.amount, oraclePriceUsd };
}

/**
 * Collateral, debt and health factor of an account: what the engine decides by and what is shown. `floorsThreshold`:
 * the venue's release floors the value-weighted average threshold to whole basis points first (Aave v3 before 3.4,
 * `GenericLogic.calculateUserAccountData`). Near 1, `isLiquidatableExact` has the last word.
 */
export function valueAccount(
  { book, amount, oraclePriceUsd }: BookValues,
  account: AccountRow,
  floorsThreshold: boolean,
): AccountValue {
  const { accounts, legs } = book;
  const end = accounts.legStart[account + 1]!;
  let collateralUsd = 0;
  let weightedUsd = 0;
  let debtUsd = 0;
  for (let leg = accounts.legStart[account]!; leg < end; leg++) {
    const valueUsd = amount[leg]! * oraclePriceUsd[legs.oracle[leg]!]!;
    if (legs.side[leg] === -1) debtUsd += valueUsd;
    else if (legs.liquidationThreshold[leg]! > 0) {
      collateralUsd += valueUsd;
      weightedUsd += valueUsd * legs.liquidationThreshold[leg]!;
    }
  }
  if (floorsThreshold && collateralUsd > 0) {
    // A hair is added because a whole number of basis points may come out just below itself.
    weightedUsd = (collateralUsd * Math.floor((weightedUsd / collateralUsd) * 10_000 + 1e-9)) / 10_000;
  }
  return { healthFactor: debtUsd > 0 ? weightedUsd / debtUsd : Infinity, collateralUsd, debtUsd };
}
