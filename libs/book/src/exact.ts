import { assert } from '@undertow/units';
import type { AccountRow, Book } from './book.ts';
import { mechanisms } from './mechanisms.ts';

/** Integers of a book's rows, as the protocols hold them at the book's time. */
export interface BookExact {
  /**
   * Raw answer by oracle row, in the decimals of its feed. Of a pair's own row: its oracle's price × 10³⁶ × the debt
   * asset's raw answer, so that a shock moves it like any USD price.
   */
  readonly answer: readonly bigint[];
  /** Raw units of the asset, by leg, as the protocol rounds them. */
  readonly amount: readonly bigint[];
  /** By leg: basis points at pooled venues, wad elsewhere; 0 on debt and on supply that is not collateral. */
  readonly threshold: readonly bigint[];
  /**
   * By market: what else the mechanism's exact maths needs of it; empty at pooled venues. Of an isolated pair, one
   * integer: its price × 10³⁶ is this × the collateral's answer ÷ the debt's answer.
   */
  readonly marketState: readonly (readonly bigint[])[];
  /** By account: what else the mechanism's exact maths needs of it; empty where legs and terms say all. */
  readonly accountState: readonly (readonly bigint[])[];
}

/**
 * The venue's own decision whether an account may be liquidated, with its own rounding, if the oracles answered
 * `answers` (raw, by oracle row: `book.exact.answer` moved by a shock). False where an oracle could not answer.
 */
export function isLiquidatableExact(book: Book, account: AccountRow, answers: readonly bigint[]): boolean {
  const venue = book.venues[book.accounts.venue[account]!];
  assert(venue, 'an account names a venue that the book lacks');
  return mechanisms[venue.mechanism].isDueExact(book, account, answers);
}
