/**
 * All positions that are due are liquidated in one batch: the liquidator gets a part of the collateral, a stability pool pays
 * the debt and takes the rest while it lasts, and what it cannot pay goes to the other positions by stake.
 */
export interface StabilityPoolRule {
  readonly kernel: 'stability-pool';
  /** Share of the collateral that the liquidator gets. */
  readonly liquidatorShare: number;
}
