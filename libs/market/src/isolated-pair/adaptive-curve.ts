import { maxBigint, minBigint, WAD } from '@undertow/units';

const SECONDS_PER_YEAR = 365n * 24n * 60n * 60n;
/** Rate at full use ÷ rate at target. This and the next five: morpho-blue-irm, adaptive-curve ConstantsLib. */
const CURVE_STEEPNESS = 4n * WAD;
const TARGET_UTILIZATION = (9n * WAD) / 10n;
const ADJUSTMENT_SPEED = (50n * WAD) / SECONDS_PER_YEAR;
const INITIAL_RATE_AT_TARGET = (4n * WAD) / 100n / SECONDS_PER_YEAR;
const MIN_RATE_AT_TARGET = WAD / 1000n / SECONDS_PER_YEAR;
const MAX_RATE_AT_TARGET = (2n * WAD) / SECONDS_PER_YEAR;
/** ln 2, ln 10⁻¹⁸, and where `expWad` is clipped and to what: morpho-blue-irm, ExpLib. */
const LN_2 = 693_147_180_559_945_309n;
const LN_WEI = -41_446_531_673_892_822_312n;
const EXP_UPPER_BOUND = 93_859_467_695_000_404_319n;
const EXP_UPPER_VALUE = 57_716_089_161_558_943_949_701_069_502_944_508_345_128_422_502_756_744_429_568n;

/** Rates of an adaptive curve over a stretch of time without other events, wad per second. */
export interface AdaptiveCurveRates {
  /** Mean rate over the stretch: what borrowers are charged. */
  readonly averageWad: bigint;
  /** Rate at target at the end of the stretch: what the model stores. */
  readonly rateAtTargetWad: bigint;
}

/**
 * Rates of Morpho's adaptive-curve interest-rate model over `seconds`, from the use of the market and the rate
 * at target at the start (0 = the model's first use). The rate at target moves by `e^(50/year × error × seconds)`
 * within 0.1 % and 200 % a year; the mean is the trapezoidal rule with two steps. All divisions round to zero.
 * Source: AdaptiveCurveIrm._borrowRate (morpho-blue-irm).
 */
export function adaptiveCurveRates(
  utilizationWad: bigint,
  startRateAtTargetWad: bigint,
  seconds: bigint,
): AdaptiveCurveRates {
  const span = utilizationWad > TARGET_UTILIZATION ? WAD - TARGET_UTILIZATION : TARGET_UTILIZATION;
  const errorWad = ((utilizationWad - TARGET_UTILIZATION) * WAD) / span;
  const start = startRateAtTargetWad;
  if (start === 0n) {
    return { averageWad: curve(INITIAL_RATE_AT_TARGET, errorWad), rateAtTargetWad: INITIAL_RATE_AT_TARGET };
  }
  const adaptation = ((ADJUSTMENT_SPEED * errorWad) / WAD) * seconds;
  if (adaptation === 0n) return { averageWad: curve(start, errorWad), rateAtTargetWad: start };
  const end = adapted(start, adaptation);
  const average = (start + end + 2n * adapted(start, adaptation / 2n)) / 4n;
  return { averageWad: curve(average, errorWad), rateAtTargetWad: end };
}

/** Rate at an error: linear from rate ÷ 4 (nothing lent) to the rate (at target) to 4 × the rate (all lent). */
function curve(rateAtTargetWad: bigint, errorWad: bigint): bigint {
  const slope = errorWad < 0n ? WAD - (WAD * WAD) / CURVE_STEEPNESS : CURVE_STEEPNESS - WAD;
  return (((slope * errorWad) / WAD + WAD) * rateAtTargetWad) / WAD;
}

function adapted(startWad: bigint, adaptationWad: bigint): bigint {
  const moved = (startWad * expWad(adaptationWad)) / WAD;
  return minBigint(maxBigint(moved, MIN_RATE_AT_TARGET), MAX_RATE_AT_TARGET);
}

/** `e^x`, wad, by the contract's approximation: 2^q times a second-order Taylor polynomial (ExpLib.wExp). */
function expWad(x: bigint): bigint {
  if (x < LN_WEI) return 0n;
  if (x >= EXP_UPPER_BOUND) return EXP_UPPER_VALUE;
  const half = x < 0n ? -(LN_2 / 2n) : LN_2 / 2n;
  const q = (x + half) / LN_2;
  const r = x - q * LN_2;
  const expR = WAD + r + (r * r) / WAD / 2n;
  return q >= 0n ? expR << q : expR >> -q;
}
