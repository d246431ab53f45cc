import type { DepthCurve } from './curve.ts';

/**
 * Several pools of one asset against one quote as one curve: at every price the liquidities add up, as if traders
 * kept the pools at one price. The price starts where the curve with the most liquidity at its own price stands;
 * the fee is the mean of the fees, weighted by liquidity at that price. Undefined without a curve.
 *
 * Simplifies: pools whose prices differ by less than their fees trade one after the other, not together.
 */
export function aggregateDepth(curves: readonly DepthCurve[]): DepthCurve | undefined {
  const deepest = curves.toSorted(
    (a, b) => liquidityAt(b, b.startSqrtPrice) - liquidityAt(a, a.startSqrtPrice),
  )[0];
  if (!deepest || curves.length === 1) return deepest;
  const { startSqrtPrice } = deepest;
  const ends = [...new Set(curves.flatMap((curve) => [...curve.sqrtPrice]))].sort((a, b) => a - b);
  const liquidity = ends
    .slice(0, -1)
    .map((low, i) => sum(curves, (curve) => liquidityAt(curve, (low + ends[i + 1]!) / 2)));
  const depth = sum(curves, (curve) => liquidityAt(curve, startSqrtPrice));
  const fees = sum(curves, (curve) => liquidityAt(curve, startSqrtPrice) * curve.feeRatio);
  return {
    sqrtPrice: Float64Array.from(ends),
    liquidity: Float64Array.from(liquidity),
    startSqrtPrice,
    feeRatio: depth === 0 ? deepest.feeRatio : fees / depth,
  };
}

function liquidityAt(curve: DepthCurve, sqrtPrice: number): number {
  const above = curve.sqrtPrice.findIndex((end) => end > sqrtPrice);
  if (above > 0) return curve.liquidity[above - 1]!;
  // At the high end itself, the last segment counts; below the low end and beyond the high one, nothing does.
  const isHighEnd = above === -1 && curve.sqrtPrice.at(-1) === sqrtPrice;
  return isHighEnd ? curve.liquidity.at(-1)! : 0;
}

function sum(curves: readonly DepthCurve[], value: (curve: DepthCurve) => number): number {
  return curves.reduce((total, curve) => total + value(curve), 0);
}
