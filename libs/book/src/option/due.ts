import { isOptionLiquidatable } from '@undertow/market';
import { isDueByHealth } from '../due-by-health.ts';
import { legOfRole } from '../leg-of-role.ts';
import type { AccountRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';
import { exactSeries, typeAt } from './exact-state.ts';

/**
 * Health factors this near to 1 are decided by exact integers. What a writer must put up comes from a table here, which
 * is within 0.01 % of the underlying's price (see `SeriesGrid`).
 */
const BAND = 3e-3;

/** Whether a written option may be liquidated. Source: `isOptionLiquidatable`. */
export const isOptionDue = (values: BookValues, account: AccountRow): boolean =>
  isDueByHealth(values, account, { band: BAND, isDueExact });

function isDueExact({ book, exactAnswers }: BookValues, account: AccountRow): boolean {
  const collateralLeg = legOfRole(book, account, 'collateral');
  const optionLeg = legOfRole(book, account, 'option');
  if (collateralLeg === undefined || optionLeg === undefined) return false;
  const series = exactSeries(book.exact.marketState[book.legs.market[optionLeg]!]!);
  const answer = exactAnswers()[book.legs.oracle[optionLeg]!]!;
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
