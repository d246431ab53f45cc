import { marginHealthWad } from '@undertow/market';
import type { AccountRow, Book } from '../book.ts';
import { isLiquidatableExact } from '../exact.ts';
import { marginAccountOfBook } from '../perpetual/exact.ts';

/**
 * So near to 1 the venue's own integers decide: tables of options are within 0.01 % of the underlying's price, averages
 * that a release floors within a basis point, other floats far nearer. A few accounts in a hundred are.
 */
const BAND = 3e-3;

/** Venues round every leg to 1e-8 USD: so much of a debt is no sign of anything. */
const ROUNDING_USD = 1e-5;

/** A leg of fewer raw units than this is rounded by more than the band. */
const DUST_UNITS = 10_000;

/** The largest number below 1. */
const BELOW_ONE = 1 - Number.EPSILON / 2;

/** An account's health factor as floats give it, and its debt. */
export interface FloatHealth {
  readonly healthFactor: number;
  readonly debtUsd: number;
}

/**
 * The health factor of an account at the book's own amounts and prices, on that side of 1 on which the venue's own decision
 * is (`isLiquidatableExact`): below 1 exactly when the account may be liquidated. Where floats say otherwise it is 1, or
 * the number next to it; of a margin account that is due by a line of its collateral alone, what that line gives.
 */
export function decidedHealth(
  book: Book,
  account: AccountRow,
  { healthFactor, debtUsd }: FloatHealth,
): number {
  const isNear = Math.abs(healthFactor - 1) < BAND + ROUNDING_USD / debtUsd;
  if (!isNear && !hasDust(book, account) && !hasOtherLines(book, account)) return healthFactor;
  const isDue = isLiquidatableExact(book, account, book.exact.answer);
  if (isDue === healthFactor < 1) return healthFactor;
  return isDue ? (exactHealth(book, account) ?? BELOW_ONE) : 1;
}

function hasDust({ accounts, legs, assets }: Book, account: AccountRow): boolean {
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
    const units = legs.amount[leg]! * 10 ** assets[legs.asset[leg]!]!.decimals;
    if (units > 0 && units < DUST_UNITS) return true;
  }
  return false;
}

/** A margin account's health factor knows its positions; collateral other than cash has lines of its own. */
function hasOtherLines({ venues, accounts, legs, oracles }: Book, account: AccountRow): boolean {
  if (venues[accounts.venue[account]!]!.mechanism !== 'perpetual') return false;
  let isOpen = false;
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
    if (legs.maintenanceMargin[leg]! > 0) isOpen = true;
    else if (!oracles[legs.oracle[leg]!]!.isFixed) return true;
  }
  return !isOpen;
}

function exactHealth(book: Book, account: AccountRow): number | undefined {
  if (book.venues[book.accounts.venue[account]!]!.mechanism !== 'perpetual') return undefined;
  const margin = marginAccountOfBook(book, account, book.exact.answer);
  const healthWad = margin && marginHealthWad(margin);
  return healthWad === undefined ? undefined : Math.min(Number(healthWad) / 1e18, BELOW_ONE);
}
