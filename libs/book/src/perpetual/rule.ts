/** A margin account's positions are taken over at the mark price, and its collateral is sold at a discount. Ratios and USD. */
export interface MarginRule {
  readonly kernel: 'close-position';
  readonly initialMargin: number;
  readonly maintenanceMargin: number;
  /** Share of the closed value that an account pays: half to the liquidator, half to the insurance fund. */
  readonly liquidationPenalty: number;
  /** Positions worth at most this are closed whole, USD. */
  readonly leastPartialUsd: number;
  /** Collateral may be sold when the account is worth less than (maintenance margin + this) of its positions. */
  readonly collateralMarginBuffer: number;
  /** … or when it lacks more settlement cash than this share of its other collateral. */
  readonly debtToCollateral: number;
  /** … or more than this, USD. */
  readonly debtThresholdUsd: number;
  /** Share of the debt that one call may raise by selling collateral. */
  readonly collateralShare: number;
  /** Debts up to this are raised whole, USD. */
  readonly collateralDustUsd: number;
  /** Share of what a liquidator pays for collateral that goes to the insurance fund. */
  readonly collateralFundFee: number;
}
