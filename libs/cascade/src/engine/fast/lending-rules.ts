import type { Book } from '@undertow/book';

/** Numbers of a venue's rule, side by side: `RULE_WIDTH` from `RULE_WIDTH` × its row on. See `RepayAndSeizeRule`. */
export const RULE_WIDTH = 8;
export const CLOSE_FACTOR = 0;
/** 1 = of the one debt that is repaid, 0 = of all debts. */
export const IS_OF_ONE_DEBT = 1;
export const FULL_CLOSE_HEALTH = 2;
export const SMALL_USD = 3;
export const LEAST_LEFTOVER_USD = 4;
export const SEIZES_ALL = 5;
export const LEAST_SEIZED_USD = 6;

/** By venue row; 0 where debt is not repaid and collateral seized. */
export function lendingRules({ venues }: Book): Float64Array {
  const rules = new Float64Array(RULE_WIDTH * venues.length);
  for (const [row, { rule }] of venues.entries()) {
    if (rule?.kernel !== 'repay-and-seize') continue;
    rules.set(
      [
        rule.closeFactor,
        Number(rule.closeFactorOf === 'one-debt'),
        rule.fullCloseHealthFactor,
        rule.smallPositionUsd,
        rule.leastLeftoverUsd,
        Number(rule.seizesAllSupply),
        rule.leastSeizedUsd,
      ],
      RULE_WIDTH * row,
    );
  }
  return rules;
}
