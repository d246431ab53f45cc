import type { DepthCurve } from '../curve.ts';

/**
 * A curve whose quotes are made anew around another price: the same units move it by the same share. Prices scale by that price ÷
 * the one before, and so does what is paid; liquidity by its root, as Δasset = L · Δ(1/√P).
 */
export function requoted(curve: DepthCurve, startSqrtPrice: number): DepthCurve {
  const factor = startSqrtPrice / curve.startSqrtPrice;
  return {
    ...curve,
    sqrtPrice: curve.sqrtPrice.map((root) => root * factor),
    liquidity: curve.liquidity.map((depth) => depth * factor),
    startSqrtPrice,
  };
}
