import { isOptionLiquidatable } from '@undertow/market';
import type { AccountRow, Book } from '../book.ts';
import { exactSeries, typeAt } from './exact-state.ts';

/**
 * See `isLiquidatableExact`. A written position has a leg for its collateral and then one for the option, priced by the
 * underlying's oracle. Source: `isOptionLiquidatable`.
 */
export function isOptionDue(book: Book, account: AccountRow, answers: readonly bigint[]): boolean {
  const collateralLeg = book.accounts.legStart[account]!;
  const optionLeg = book.accounts.legStart[account + 1]! - 1;
  const series = exactSeries(book.exact.marketState[book.legs.market[optionLeg]!]!);
  const answer = answers[book.legs.oracle[optionLeg]!]!;
  if (answer <= 0n) return false;
  const position = {
    type: typeAt(book.exact.accountState[account]![0]!),
    amountWad: book.exact.amount[optionLeg]!,
    collateral: book.exact.amount[collateralLeg]!,
  };
  const secondsToExpiry = BigInt(series.expiry - book.time);
  const spotWad = answer * series.answerScale;
  return isOptionLiquidatable(position, { ...series, secondsToExpiry, spotWad }, series.margin);
}
