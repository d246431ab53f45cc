import type { RepayAndSeizeRule } from '../repay-and-seize-rule.ts';

/**
 * How an isolated pair liquidates: any share of the debt at once, and what no collateral is left for is taken off lenders.
 * Source: Morpho Blue `Morpho.liquidate`.
 */
export const PAIR_RULE: RepayAndSeizeRule = {
  kernel: 'repay-and-seize',
  floorsAverageThreshold: false,
  closeFactor: 1,
  closeFactorOf: 'one-debt',
  fullCloseHealthFactor: 0,
  smallPositionUsd: 0,
  leastLeftoverUsd: 0,
  seizesAllSupply: false,
  leastSeizedUsd: 0,
  badDebt: 'socialised',
};
