import { BPS } from '@undertow/units';

/** 365.2425 days. Source: `InterestRateMath.SECONDS_IN_A_YEAR` of MUSD 1.1.0. */
const SECONDS_PER_YEAR = 31_556_952n;

/** What the interest of a position depends on. */
export interface InterestBearing {
  /** Raw units. */
  readonly principal: bigint;
  readonly interestRateBps: bigint;
  /** Time up to which interest has accrued, unix seconds. */
  readonly accruedAt: number;
}

/**
 * Simple interest on the principal since a position last accrued, raw units:
 * `⌊principal · rate · seconds ÷ (10,000 · year)⌋`. Interest bears none. `time` (unix seconds) is not before that.
 * Source: `InterestRateMath.calculateInterestOwed`.
 */
export function interestSinceDown(
  { principal, interestRateBps, accruedAt }: InterestBearing,
  time: number,
): bigint {
  return (principal * interestRateBps * BigInt(time - accruedAt)) / (BPS * SECONDS_PER_YEAR);
}

/**
 * The same for the whole system; `numerator` is Σ principal · rate in basis points.
 * Source: `InterestRateMath.calculateAggregatedInterestOwed`.
 */
export function systemInterestDown(numerator: bigint, accruedAt: number, time: number): bigint {
  return (BigInt(time - accruedAt) * numerator) / (BPS * SECONDS_PER_YEAR);
}
