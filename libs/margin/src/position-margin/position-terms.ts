/** Terms of a margin by position, as data; all plain ratios (1 = 100 %). */
export interface PositionTerms {
  readonly perpetual: { readonly initial: number; readonly maintenance: number };
  readonly option: OptionPositionTerms;
  /** Where the least confidence of its prices is below a threshold, the initial margin of a thing rises. */
  readonly confidence: {
    readonly perpetual: number;
    readonly option: number;
    readonly collateral: number;
    /** Of `(1 − confidence) × notional`. */
    readonly share: number;
  };
  /**
   * While the cash is worth less than `threshold` USD, the initial margin rises by `factor` × the distance × the spot,
   * for each perpetual and each option sold.
   */
  readonly peg: { readonly threshold: number; readonly factor: number };
}

export interface OptionPositionTerms {
  /** Initial: shares of the spot asked for an option at the money, and for one far out of it. */
  readonly most: number;
  readonly least: number;
  /** Maintenance: shares of the spot for calls and puts, and of a put's own value where that is more. */
  readonly callOfSpot: number;
  readonly putOfSpot: number;
  readonly putOfValue: number;
  /** Least initial margin of a put, in maintenance margins. */
  readonly putInitialScale: number;
  /** Shares of the forward that each call sold and not covered by another costs in the worst settlement. */
  readonly uncoveredInitial: number;
  readonly uncoveredMaintenance: number;
}

/**
 * Margin by position as Derive's standard manager runs it for ETH and BTC (derivexyz/v2-core, scripts/config-mainnet.sol,
 * `getSRMParams` and `getSRMDepegParams`, 2026).
 */
export const STANDARD_POSITION_MARGIN: PositionTerms = {
  perpetual: { initial: 0.1, maintenance: 0.065 },
  option: {
    most: 0.15,
    least: 0.13,
    callOfSpot: 0.09,
    putOfSpot: 0.09,
    putOfValue: 0.09,
    putInitialScale: 1.05,
    uncoveredInitial: 1.2,
    uncoveredMaintenance: 1.1,
  },
  confidence: { perpetual: 0.55, option: 0.55, collateral: 0.55, share: 1 },
  peg: { threshold: 0.99, factor: 2 },
};
