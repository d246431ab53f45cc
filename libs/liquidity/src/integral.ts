import type { DepthCurve } from './curve.ts';

/** Two roots of prices, the lower first. */
export interface SqrtPriceRange {
  readonly low: number;
  readonly high: number;
}

/**
 * Asset units that a curve takes, without its fee, while its price falls from `high` to `low`:
 * Σ L · (1/√p_low − 1/√p_high) over the segments between the two. What lies beyond the curve's ends takes nothing.
 */
export function unitsBetween(curve: DepthCurve, range: SqrtPriceRange): number {
  return sumOver(curve, range, (liquidity, from, to) => liquidity * (1 / from - 1 / to));
}

/** Quote units that a curve pays meanwhile: Σ L · (√p_high − √p_low) over the segments between the two. */
export function quoteBetween(curve: DepthCurve, range: SqrtPriceRange): number {
  return sumOver(curve, range, (liquidity, from, to) => liquidity * (to - from));
}

function sumOver(
  { sqrtPrice, liquidity }: DepthCurve,
  { low, high }: SqrtPriceRange,
  amountOf: (liquidity: number, from: number, to: number) => number,
): number {
  let sum = 0;
  for (const [i, depth] of liquidity.entries()) {
    const from = Math.max(low, sqrtPrice[i]!);
    const to = Math.min(high, sqrtPrice[i + 1]!);
    if (to > from) sum += amountOf(depth, from, to);
  }
  return sum;
}
