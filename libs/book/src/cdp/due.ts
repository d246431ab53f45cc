import { isCdpLiquidatable } from '@undertow/market';
import { isDueByHealth } from '../due-by-health.ts';
import { legOfRole } from '../leg-of-role.ts';
import type { AccountRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';

/** Health factors this near to 1 are decided by exact integers; float error is below 1e-14. */
const BAND = 1e-9;

/** Whether a collateralised debt position may be liquidated. Source: `isCdpLiquidatable`. */
export const isCdpDue = (values: BookValues, account: AccountRow): boolean =>
  isDueByHealth(values, account, { band: BAND, isDueExact });

/** The state of a market begins with the least ratio and what an answer is multiplied by. */
function isDueExact({ book, exactAnswers }: BookValues, account: AccountRow): boolean {
  const collateralLeg = legOfRole(book, account, 'collateral');
  const debtLeg = legOfRole(book, account, 'debt');
  if (collateralLeg === undefined || debtLeg === undefined) return false;
  const state = book.exact.marketState[book.legs.market[collateralLeg]!]!;
  const [leastRatioWad, answerScale] = state as [bigint, bigint];
  const answer = exactAnswers()[book.legs.oracle[collateralLeg]!]!;
  if (answer <= 0n) return false;
  const of = { collateral: book.exact.amount[collateralLeg]!, debt: book.exact.amount[debtLeg]! };
  return isCdpLiquidatable(of, answer * answerScale, leastRatioWad);
}
