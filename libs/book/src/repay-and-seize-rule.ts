/**
 * A liquidator repays debt and takes collateral at the oracle's price plus a bonus. Pooled lending, isolated pairs and money
 * markets differ in these numbers alone.
 */
export interface RepayAndSeizeRule {
  readonly kernel: 'repay-and-seize';
  /** The value-weighted average threshold is floored to whole basis points before the health factor is taken. */
  readonly floorsAverageThreshold: boolean;
  /** Largest share that one call may repay while the health factor is above `fullCloseHealthFactor`. */
  readonly closeFactor: number;
  /** Of what `closeFactor` is a share: of the one debt that is repaid, or of all debts of the account. */
  readonly closeFactorOf: 'one-debt' | 'all-debts';
  /** At or below this health factor a call may repay all of a debt; 0 = never. */
  readonly fullCloseHealthFactor: number;
  /** Below this value of the debt or of the collateral a call may repay all, USD; 0 = never. */
  readonly smallPositionUsd: number;
  /** What a call that does not clear a side must leave on it, USD; 0 = nothing. */
  readonly leastLeftoverUsd: number;
  /** Whether supply that backs nothing (threshold 0) may be seized too. */
  readonly seizesAllSupply: boolean;
  /** Collateral and debts worth less than this are left alone, USD. */
  readonly leastSeizedUsd: number;
  /**
   * What becomes of debt when no collateral is left: `socialised` = taken off lenders at once; `deficit` = written off and
   * recorded as what the venue is still to cover; `left` = it stays on the account.
   */
  readonly badDebt: 'socialised' | 'deficit' | 'left';
}
