/** Two points of a function with its slopes there. */
export interface SplineSegment {
  readonly from: number;
  readonly to: number;
  readonly valueFrom: number;
  readonly valueTo: number;
  readonly slopeFrom: number;
  readonly slopeTo: number;
}

/**
 * Value at `x` of the quadratic spline with one knot that has the given values and slopes at both ends. It is convex
 * wherever its slopes allow it: `slopeFrom ≤ secant ≤ slopeTo`. Source: L. L. Schumaker, On shape preserving quadratic
 * spline interpolation, SIAM J. Numer. Anal. 20 (1983), lemma 2.1 and algorithm 4.1.
 */
export function splineValue(segment: SplineSegment, x: number): number {
  const { from, to, valueFrom, valueTo, slopeFrom, slopeTo } = segment;
  const length = to - from;
  const secant = (valueTo - valueFrom) / length;
  const knot = knotOf(segment, secant);
  const [before, after] = [knot - from, to - knot];
  const slopeAtKnot = 2 * secant - (before * slopeFrom + after * slopeTo) / length;
  if (x <= knot) {
    const step = x - from;
    return valueFrom + slopeFrom * step + ((slopeAtKnot - slopeFrom) / (2 * before)) * step * step;
  }
  // From the far end, so that small values there keep their digits.
  const step = x - to;
  return valueTo + slopeTo * step + ((slopeTo - slopeAtKnot) / (2 * after)) * step * step;
}

/** The knot, in the middle of where it may be without losing the shape. */
function knotOf({ from, to, slopeFrom, slopeTo }: SplineSegment, secant: number): number {
  const [left, right] = [slopeFrom - secant, slopeTo - secant];
  const length = to - from;
  if (left * right >= 0) return from + length / 2;
  const share = Math.abs(right) < Math.abs(left) ? right / (right - left) : 1 + left / (right - left);
  return from + length * share;
}
