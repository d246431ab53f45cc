import { cdpHealthFactorWad, isCdpLiquidatable } from '@undertow/market';
import { WAD } from '@undertow/units';
import type { ExactStanding } from '../exact-standing.ts';
import { isDueByHealth } from '../due-by-health.ts';
import { legOfRole } from '../leg-of-role.ts';
import type { AccountRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';

/** Health factors this near to 1 are decided by exact integers; float error is below 1e-14. */
const BAND = 1e-9;

/** Whether a collateralised debt position may be liquidated. Source: `isCdpLiquidatable`. */
export const isCdpDue = (values: BookValues, account: AccountRow): boolean =>
  isDueByHealth(values, account, { band: BAND, isDueExact });

function isDueExact(values: BookValues, account: AccountRow): boolean {
  const found = readPosition(values, account);
  return found !== undefined && isCdpLiquidatable(found.of, found.priceWad, found.leastRatioWad);
}

/** See `exactStanding`; in raw units of the debt, which is worth a dollar. */
export function cdpStanding(values: BookValues, account: AccountRow): ExactStanding | undefined {
  const found = readPosition(values, account);
  if (!found) return undefined;
  const { of, priceWad, leastRatioWad } = found;
  return {
    collateral: (of.collateral * priceWad) / WAD,
    debt: of.debt,
    healthWad: cdpHealthFactorWad(of, priceWad, leastRatioWad),
  };
}

/** The state of a market begins with the least ratio and what an answer is multiplied by. */
function readPosition({ book, exactAnswers }: BookValues, account: AccountRow) {
  const collateralLeg = legOfRole(book, account, 'collateral');
  const debtLeg = legOfRole(book, account, 'debt');
  if (collateralLeg === undefined || debtLeg === undefined) return undefined;
  const state = book.exact.marketState[book.legs.market[collateralLeg]!]!;
  const [leastRatioWad, answerScale] = state as [bigint, bigint];
  const answer = exactAnswers()[book.legs.oracle[collateralLeg]!]!;
  if (answer <= 0n) return undefined;
  const of = { collateral: book.exact.amount[collateralLeg]!, debt: book.exact.amount[debtLeg]! };
  return { of, priceWad: answer * answerScale, leastRatioWad };
}
