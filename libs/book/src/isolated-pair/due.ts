import { emptyPairTotals, pairMaxDebtDown } from '@undertow/market';
import { isDueByHealth } from '../due-by-health.ts';
import { legOfRole } from '../leg-of-role.ts';
import type { AccountRow } from '../rows.ts';
import type { BookValues } from '../value-account.ts';

/** Health factors this near to 1 are decided by exact integers; float error is below 1e-12. */
const BAND = 1e-6;

/** Whether a position in a pair may be liquidated. Source: `pairMaxDebtDown`. */
export const isPairDue = (values: BookValues, account: AccountRow): boolean =>
  isDueByHealth(values, account, { band: BAND, isDueExact });

function isDueExact({ book, exactAnswers }: BookValues, account: AccountRow): boolean {
  const { exact, legs } = book;
  const debtLeg = legOfRole(book, account, 'debt');
  const collateralLeg = legOfRole(book, account, 'collateral');
  if (debtLeg === undefined) return false;
  if (collateralLeg === undefined) return exact.amount[debtLeg]! > 0n;
  const answers = exactAnswers();
  const scale = exact.marketState[legs.market[debtLeg]!]![0]!;
  const base = answers[legs.oracle[collateralLeg]!]!;
  const quote = answers[legs.oracle[debtLeg]!]!;
  if (base <= 0n || quote <= 0n) return false;
  const state = {
    totals: emptyPairTotals,
    priceE36: (scale * base) / quote,
    liquidationThresholdWad: exact.threshold[collateralLeg]!,
  };
  const collateral = exact.amount[collateralLeg]!;
  return pairMaxDebtDown({ collateral, debtShares: 0n }, state) < exact.amount[debtLeg]!;
}
