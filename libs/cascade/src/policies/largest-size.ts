/** Evaluations after which the search stops, wherever it is. */
const MOST_STEPS = 120;
/** How near to the largest size the search comes, as a share of the bound. */
const PRECISION = 1e-14;

/**
 * The largest size above 0 and at most `bound` at which a falling function is not below 0; undefined when it is below 0 from the
 * start. Jumps are allowed: the size is then just below the jump.
 *
 * Inverse quadratic interpolation where three points lie so that it is safe, else bisection: Chandrupatla (Advances in Engineering
 * Software 28, 1997), "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function".
 */
export function largestSize(valueAt: (size: number) => number, bound: number): number | undefined {
  // One end of the bracket is where the function was asked last, the other beyond the zero, the third the one before.
  let last = bound;
  let lastValue = valueAt(last);
  if (lastValue >= 0) return last;
  let other = bound * 1e-12;
  let otherValue = valueAt(other);
  if (otherValue < 0) return undefined;
  const tolerance = PRECISION * bound;
  let part = 0.5;
  for (let step = 0; step < MOST_STEPS && Math.abs(other - last) > 2 * tolerance; step++) {
    const size = last + part * (other - last);
    const value = valueAt(size);
    if (value === 0) return size;
    const isSameSide = value > 0 === lastValue > 0;
    const third = isSameSide ? last : other;
    const thirdValue = isSameSide ? lastValue : otherValue;
    if (!isSameSide) {
      other = last;
      otherValue = lastValue;
    }
    last = size;
    lastValue = value;
    const least = tolerance / Math.abs(other - last);
    part = interpolated({ last, lastValue, other, otherValue, third, thirdValue });
    part = Math.min(1 - least, Math.max(least, part));
  }
  return lastValue >= 0 ? last : other;
}

interface Bracket {
  readonly last: number;
  readonly lastValue: number;
  readonly other: number;
  readonly otherValue: number;
  readonly third: number;
  readonly thirdValue: number;
}

/** Where to ask next, as a share of the way from the last point to the other end. */
function interpolated({ last, lastValue, other, otherValue, third, thirdValue }: Bracket): number {
  const along = (last - other) / (third - other);
  const risen = (lastValue - otherValue) / (thirdValue - otherValue);
  // Also false where a value is not finite.
  const isSafe = risen ** 2 < along && (1 - risen) ** 2 < 1 - along;
  if (!isSafe) return 0.5;
  const first = (lastValue / (otherValue - lastValue)) * (thirdValue / (otherValue - thirdValue));
  const second = (lastValue / (thirdValue - lastValue)) * (otherValue / (thirdValue - otherValue));
  return first + ((third - last) / (other - last)) * second;
}
