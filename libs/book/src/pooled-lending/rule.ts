import { floorsAverageThreshold, writesDebtOff, type PooledRelease } from '@undertow/market';
import type { RepayAndSeizeRule } from '../repay-and-seize-rule.ts';

/** Share that one call may repay above the line of full closing. Aave v3 `DEFAULT_LIQUIDATION_CLOSE_FACTOR`. */
const CLOSE_FACTOR = 0.5;

/** At or below this health factor a call may repay all of a debt. Aave v3 `CLOSE_FACTOR_HF_THRESHOLD`. */
const FULL_CLOSE_HEALTH_FACTOR = 0.95;

/** Below this value of debt or collateral a call may close all. Aave 3.6 `MIN_BASE_MAX_CLOSE_FACTOR_THRESHOLD`. */
const SMALL_POSITION_USD = 2_000;

/** What a partial call must leave on both sides. Aave 3.6 `MIN_LEFTOVER_BASE`. */
const LEAST_LEFTOVER_USD = 1_000;

/**
 * How a release of pooled lending liquidates. From 3.3 on the close factor is of the account's whole debt, dust is not left, and
 * debt without collateral becomes the reserve's deficit; before, it is of the debt that is repaid, and stays on the account.
 * Source: `LiquidationLogic.executeLiquidationCall` of both.
 */
export function pooledRule(release: PooledRelease): RepayAndSeizeRule {
  const isRecent = writesDebtOff(release);
  return {
    kernel: 'repay-and-seize',
    floorsAverageThreshold: floorsAverageThreshold(release),
    closeFactor: CLOSE_FACTOR,
    closeFactorOf: isRecent ? 'all-debts' : 'one-debt',
    fullCloseHealthFactor: FULL_CLOSE_HEALTH_FACTOR,
    smallPositionUsd: isRecent ? SMALL_POSITION_USD : 0,
    leastLeftoverUsd: isRecent ? LEAST_LEFTOVER_USD : 0,
    seizesAllSupply: false,
    leastSeizedUsd: 0,
    badDebt: isRecent ? 'deficit' : 'left',
  };
}
