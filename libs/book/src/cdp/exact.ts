import { isCdpLiquidatable } from '@undertow/market';
import type { AccountRow, Book } from '../book.ts';

/**
 * See `isLiquidatableExact`. A position has a leg of collateral and then one of debt; the state of its market begins with
 * the least ratio and what an answer is multiplied by. Source: `isCdpLiquidatable`.
 */
export function isCdpDue(book: Book, account: AccountRow, answers: readonly bigint[]): boolean {
  const collateralLeg = book.accounts.legStart[account]!;
  const debtLeg = book.accounts.legStart[account + 1]! - 1;
  const state = book.exact.marketState[book.legs.market[collateralLeg]!]!;
  const [leastRatioWad, answerScale] = state as [bigint, bigint];
  const answer = answers[book.legs.oracle[collateralLeg]!]!;
  if (answer <= 0n) return false;
  const of = { collateral: book.exact.amount[collateralLeg]!, debt: book.exact.amount[debtLeg]! };
  return isCdpLiquidatable(of, answer * answerScale, leastRatioWad);
}
