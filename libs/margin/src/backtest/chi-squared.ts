/** Terms below this share of a sum change no digit. */
const LEAST = 1e-17;
/** Where the series takes fewer terms than the fraction. */
const MEETING = 2.5;
const MOST_TERMS = 500;

/**
 * The probability that a chi-squared number of one or two degrees of freedom is greater than `x`, to about fourteen digits: with two, e^(−x ÷ 2);
 * with one, erfc(√(x ÷ 2)). 1 for `x` of 0 or less.
 *
 * Source: Abramowitz and Stegun, "Handbook of mathematical functions", 26.4.4, 26.4.5, 6.5.29 and 6.5.31.
 */
export function chiSquaredAbove(x: number, degreesOfFreedom: 1 | 2): number {
  if (!(x > 0)) return 1;
  if (degreesOfFreedom === 2) return Math.exp(-x / 2);
  return x / 2 < MEETING ? 1 - halfGammaSeries(x / 2) : halfGammaFraction(x / 2);
}

/** The lower incomplete gamma function of ½, as a share of the whole: a series for small `x`. */
function halfGammaSeries(x: number): number {
  let [term, sum] = [2, 2];
  for (let n = 1; term > LEAST * sum; n++) {
    term *= x / (n + 0.5);
    sum += term;
  }
  return sum * Math.sqrt(x / Math.PI) * Math.exp(-x);
}

/** The upper one: a continued fraction for large `x`, by Lentz's method. */
function halfGammaFraction(x: number): number {
  let b = x + 0.5;
  let [c, d] = [Infinity, 1 / b];
  let value = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const a = n * (0.5 - n);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    value *= c * d;
    if (Math.abs(c * d - 1) < LEAST) break;
  }
  return value * Math.sqrt(x / Math.PI) * Math.exp(-x);
}
