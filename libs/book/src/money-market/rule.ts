import type { RepayAndSeizeRule } from '../repay-and-seize-rule.ts';

/** Collateral worth less than this is left alone: what rounding leaves. Ours. */
const LEAST_SEIZED_USD = 0.01;

/**
 * How a money market liquidates: a share of one debt, whatever the health factor, for any supply, entered or not; debt that is
 * left stays on the account. Source: Compound v2 `Comptroller.liquidateBorrowAllowed`, `seizeAllowed`.
 */
export const moneyMarketRule = (closeFactor: number): RepayAndSeizeRule => ({
  kernel: 'repay-and-seize',
  floorsAverageThreshold: false,
  closeFactor,
  closeFactorOf: 'one-debt',
  fullCloseHealthFactor: 0,
  smallPositionUsd: 0,
  leastLeftoverUsd: 0,
  seizesAllSupply: true,
  leastSeizedUsd: LEAST_SEIZED_USD,
  badDebt: 'left',
});
