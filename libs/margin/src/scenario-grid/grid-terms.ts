/**
 * How volatilities move in a scenario: not at all; up or down by a factor that grows towards expiry; or by strike, the
 * farther from the forward the more: `tilt` raises those above it and lowers those below, `wings` raises both.
 */
export type VolatilityMove = 'none' | 'up' | 'down' | 'tilt' | 'wings';

/** One cell of a grid: what the price and the volatilities do at once. */
export interface GridScenario {
  /** Price of the underlying ÷ present price. */
  readonly spotFactor: number;
  readonly volatility: VolatilityMove;
  /** Share of the change of value that counts; 1 unless the move is beyond what is expected. */
  readonly damping: number;
}

/** Terms of a margin by scenarios, as data. Shares and rates are plain ratios (1 = 100 %), rates a year. */
export interface GridTerms {
  readonly scenarios: readonly GridScenario[];
  readonly volatility: VolatilityShockTerms;
  /** Needed by scenarios of `tilt` and `wings`. */
  readonly skew?: SkewShockTerms;
  /** What is asked for forwards that do not move with the spot; nothing when absent. */
  readonly forward?: ForwardTerms;
  readonly discounts: DiscountTerms;
  readonly factors: LossFactors;
  readonly contingency: ContingencyTerms;
  /**
   * What collateral may be. `any`: with a price feed of its own, whose confidence counts beside the underlying's;
   * haircuts are of its value in cash. `underlying`: the asset itself; haircuts are of its value in USD, and its
   * confidence is the least of the account's.
   */
  readonly collateral: 'any' | 'underlying';
  /** What is added to the initial factor when the cash is worth less than `threshold` USD: `factor` × the distance. */
  readonly peg: { readonly threshold: number; readonly factor: number };
}

/**
 * Volatilities are multiplied by `1 + up·(30 days ÷ t)^power`, or by `1 − down·(30 days ÷ t)^power`, not below 0. Moved
 * up, none is below `leastUp`.
 */
export interface VolatilityShockTerms {
  readonly up: number;
  readonly down: number;
  /** Power up to 30 days to expiry, and beyond. */
  readonly shortPower: number;
  readonly longPower: number;
  /** Time to expiry below which the factor grows no more, seconds. */
  readonly floorSeconds: number;
  readonly leastUp: number;
}

/** See `skewFactor`: caps of the change, and how far from the forward they are reached. */
export interface SkewShockTerms {
  readonly tilt: SkewCap;
  readonly wings: SkewCap;
  readonly leastWidth: number;
  readonly widthFactor: number;
  readonly volatility: number;
  readonly volatilityPerRootYear: number;
}

/** Largest change of a volatility, as a share of it: `cap + capPerRootYear·√t`. */
export interface SkewCap {
  readonly cap: number;
  readonly capPerRootYear: number;
}

/** The worse of two moves of the price, by expiry, × `addition + perYear·t`. Expiries do not offset each other. */
export interface ForwardTerms {
  readonly spotUp: number;
  readonly spotDown: number;
  readonly addition: number;
  readonly perYear: number;
}

export interface DiscountTerms {
  /** Whether options are worth less by the interest until their expiry. */
  readonly pricesDiscounted: boolean;
  /** On what all options of an expiry are worth after a move, where it is positive: `base·e^(−t·(r·factor + add))`. */
  readonly gains: StaticDiscount;
  /** The same where it is negative, turned over: `base ÷ e^(−t·…)`, at most what undoes the interest; 1 when absent. */
  readonly losses?: StaticDiscount;
}

export interface StaticDiscount {
  readonly base: number;
  readonly rateFactor: number;
  readonly rateAddition: number;
}

/** What the worst loss is multiplied by. */
export interface LossFactors {
  readonly initial: number;
  readonly maintenance: number;
  /** Whether the initial factor is on the contingencies too, all but those for confidence. */
  readonly onContingencies: boolean;
}

/** What is asked beside the worst loss. `initial` comes on top of `maintenance` and counts for the initial margin only. */
export interface ContingencyTerms {
  /** Of |amount| × spot of perpetuals. */
  readonly perpetual: MarginShares;
  /** Of contracts sold and not covered by bought ones at the same strike and expiry × spot. */
  readonly option: MarginShares;
  /** Where the least confidence is below `threshold`: `(1 − confidence)·share` of notional, for the initial margin. */
  readonly confidence: { readonly threshold: number; readonly share: number };
}

export interface MarginShares {
  readonly maintenance: number;
  readonly initial: number;
}
