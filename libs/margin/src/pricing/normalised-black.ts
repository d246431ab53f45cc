import { INVERSE_SQRT_TWO_PI, normalDistribution, scaledComplementaryError } from './normal-distribution.ts';

/**
 * Price of an option out of the money in units of √(forward × strike), undiscounted: with `x = −|ln(F ÷ K)|` ≤ 0 and the
 * deviation `s = σ√t` > 0, `b = e^(x ÷ 2)·N(x ÷ s + s ÷ 2) − e^(−x ÷ 2)·N(x ÷ s − s ÷ 2)`. From 0 at s = 0 up to
 * `e^(x ÷ 2)`. Source: P. Jäckel, Let's be rational (2015), eq. 2.4.
 */
export function normalisedBlack(x: number, s: number): number {
  if (s === 0) return 0;
  const h = x / s;
  const t = s / 2;
  if (h + t > DIRECT) {
    return Math.exp(x / 2) * normalDistribution(h + t) - Math.exp(-x / 2) * normalDistribution(h - t);
  }
  return 0.5 * Math.exp(-0.5 * (h * h + t * t)) * tailDifference(h, t);
}

/** What is missing from the most that the option can be worth: `e^(x ÷ 2) − b`, without the loss of digits. */
export function complementOfNormalised(x: number, s: number): number {
  if (s === 0) return Math.exp(x / 2);
  const h = x / s;
  const t = s / 2;
  return Math.exp(x / 2) * normalDistribution(-h - t) + Math.exp(-x / 2) * normalDistribution(h - t);
}

/**
 * `log` = ln b, right also where b is too small for a number; `density` = b′, its derivative by deviation; `ratio` =
 * b′ ÷ b.
 */
export function logOfNormalised(x: number, s: number): NormalisedLog {
  const h = s === 0 ? 0 : x / s;
  const t = s / 2;
  const exponent = -0.5 * (h * h + t * t);
  const density = INVERSE_SQRT_TWO_PI * Math.exp(exponent);
  if (h + t > DIRECT) {
    const price = normalisedBlack(x, s);
    return { log: Math.log(price), density, ratio: density / price };
  }
  const half = 0.5 * tailDifference(h, t);
  return { log: exponent + Math.log(half), density, ratio: INVERSE_SQRT_TWO_PI / half };
}

interface NormalisedLog {
  readonly log: number;
  readonly density: number;
  readonly ratio: number;
}

/** ln(forward ÷ strike), with all its digits where the two are close. */
export function logMoneyness(forwardUsd: number, strikeUsd: number): number {
  const ratio = forwardUsd / strikeUsd;
  return ratio > 0.5 && ratio < 2 ? Math.log1p((forwardUsd - strikeUsd) / strikeUsd) : Math.log(ratio);
}

/** The deviation at which the price, as a function of it, turns from convex to concave: √(2·|x|). */
export const inflection = (x: number): number => Math.sqrt(2 * Math.abs(x));

/** From here on nothing cancels in the formula as it stands, and scaled tails would overflow. */
const DIRECT = 5;
/** Where two scaled tails are so close that their difference loses digits, and a series does not. */
const SERIES_T = 0.2;
const SERIES_H = -6;
const SERIES_TERMS = 8;

/** erfcx(−(h + t) ÷ √2) − erfcx(−(h − t) ÷ √2). */
function tailDifference(h: number, t: number): number {
  if (t < SERIES_T && h > SERIES_H) return seriesDifference(h, t);
  return (
    scaledComplementaryError(-(h + t) * Math.SQRT1_2) - scaledComplementaryError(-(h - t) * Math.SQRT1_2)
  );
}

/**
 * The same by Taylor's series of `Y(z) = erfcx(−z ÷ √2)` at h, of which odd terms remain. `Y′ = √(2 ÷ π) + z·Y`, and from
 * then on `Y⁽ⁿ⁾ = z·Y⁽ⁿ⁻¹⁾ + (n − 1)·Y⁽ⁿ⁻²⁾`.
 */
function seriesDifference(h: number, t: number): number {
  let before = scaledComplementaryError(-h * Math.SQRT1_2);
  let derivative = 2 * INVERSE_SQRT_TWO_PI + h * before;
  let term = t;
  let sum = derivative * term;
  for (let n = 2; n <= 2 * SERIES_TERMS; n++) {
    const next = h * derivative + (n - 1) * before;
    before = derivative;
    derivative = next;
    term *= t / n;
    if (n % 2 === 1) sum += derivative * term;
  }
  return 2 * sum;
}
