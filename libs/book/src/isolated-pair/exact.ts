import { emptyPairTotals, pairMaxDebtDown } from '@undertow/market';
import type { AccountRow, Book } from '../book.ts';

/**
 * See `isLiquidatableExact`. A pair has one collateral leg, or none when it is gone, before its debt leg.
 * Source: `pairMaxDebtDown`.
 */
export function isPairDue(book: Book, account: AccountRow, answers: readonly bigint[]): boolean {
  const first = book.accounts.legStart[account]!;
  const debtLeg = book.accounts.legStart[account + 1]! - 1;
  const collateral = first === debtLeg ? 0n : book.exact.amount[first]!;
  const scale = book.exact.marketState[book.legs.market[debtLeg]!]![0]!;
  const base = answers[book.legs.oracle[first]!]!;
  const quote = answers[book.legs.oracle[debtLeg]!]!;
  if (base <= 0n || quote <= 0n) return false;
  const state = {
    totals: emptyPairTotals,
    priceE36: (scale * base) / quote,
    liquidationThresholdWad: book.exact.threshold[first]!,
  };
  return pairMaxDebtDown({ collateral, debtShares: 0n }, state) < book.exact.amount[debtLeg]!;
}
