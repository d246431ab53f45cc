import type { AccountValue, RepayAndSeizeRule } from '@undertow/book';
import type { Side } from './sides.ts';

/** What a call's limit depends on besides the pair. */
export interface OfAccount extends AccountValue {
  /** 1 + the liquidation bonus of the collateral. */
  readonly bonusFactor: number;
}

/**
 * The most of a debt that one call may repay, asset units, before the collateral limits it.
 *
 * While the health factor is above `fullCloseHealthFactor` (always where that is 0, also when nothing backs the account any more)
 * that is a share of the debt, or of all debts of the account, of which this one may be all. A call that would leave less than `leastLeftoverUsd` on a side reverts, so that the liquidator stops
 * short of it. Source: `LiquidationLogic.executeLiquidationCall` of Aave 3.0 and 3.6, `Comptroller.liquidateBorrowAllowed`.
 */
export function largestRepayment(
  rule: RepayAndSeizeRule,
  { debt, collateral }: { readonly debt: Side; readonly collateral: Side },
  account: OfAccount,
): number {
  const { fullCloseHealthFactor } = rule;
  if (fullCloseHealthFactor > 0 && account.healthFactor <= fullCloseHealthFactor) return debt.amount;
  if (rule.closeFactorOf === 'one-debt') return debt.amount * rule.closeFactor;
  const isSmall = (side: Side) => side.valueUsd < rule.smallPositionUsd;
  if (isSmall(debt) || isSmall(collateral)) return debt.amount;
  const shareUsd = account.debtUsd * rule.closeFactor;
  if (debt.valueUsd <= shareUsd) return debt.amount;
  const leavesDebtUsd = debt.valueUsd - rule.leastLeftoverUsd;
  const leavesCollateralUsd = (collateral.valueUsd - rule.leastLeftoverUsd) / account.bonusFactor;
  const clearsCollateral = shareUsd * account.bonusFactor >= collateral.valueUsd;
  const repaidUsd = clearsCollateral ? shareUsd : Math.min(shareUsd, leavesDebtUsd, leavesCollateralUsd);
  return repaidUsd / debt.priceUsd;
}
