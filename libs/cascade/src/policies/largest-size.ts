/** Evaluations after which the search stops, wherever it is. */
const MOST_STEPS = 120;
/** How near to the largest size the search comes, as a share of the bound. */
const PRECISION = 1e-14;

/**
 * The largest size above 0 and at most `bound` at which a falling function is not below 0; undefined when it is below 0 from the
 * start. Jumps are allowed: the size is then just below the jump.
 *
 * Regula falsi in the Illinois variant (Dowell and Jarratt, BIT 11, 1971); after a step that did not halve the bracket comes one
 * that does, so that no function takes more than twice the steps of a bisection.
 */
export function largestSize(valueAt: (size: number) => number, bound: number): number | undefined {
  let high = bound;
  let highValue = valueAt(high);
  if (highValue >= 0) return high;
  let low = bound * 1e-12;
  let lowValue = valueAt(low);
  if (lowValue < 0) return undefined;
  let side = 0;
  let hasHalved = true;
  for (let step = 0; step < MOST_STEPS && high - low > PRECISION * bound; step++) {
    const secant = (low * highValue - high * lowValue) / (highValue - lowValue);
    const isInside = secant > low && secant < high && hasHalved;
    const middle = isInside ? secant : (low + high) / 2;
    const width = high - low;
    const value = valueAt(middle);
    if (value >= 0) {
      low = middle;
      lowValue = value;
      if (side === 1) highValue /= 2;
      side = 1;
    } else {
      high = middle;
      highValue = value;
      if (side === -1) lowValue /= 2;
      side = -1;
    }
    if (value === 0) return middle;
    hasHalved = high - low <= width / 2;
  }
  return low;
}
