import type { DepthCurve } from '../curve.ts';

/** How much can be sold while a price falls by a share, as price sites show a market's depth. */
export interface DepthWithin {
  /** Quote units per unit. */
  readonly price: number;
  /** Ratio from 0 to 1: 0.02 = the price falls by 2 %. */
  readonly share: number;
  /** Quote units that are paid meanwhile. */
  readonly quoteUnits: number;
}

/**
 * A curve of one liquidity from so far below the price to as far above it, which pays `quoteUnits` on the way down:
 * L = Δquote ÷ Δ√P. Further away nothing is known.
 */
export function depthWithin({ price, share, quoteUnits }: DepthWithin): DepthCurve {
  const start = Math.sqrt(price);
  const [low, high] = [start * Math.sqrt(1 - share), start / Math.sqrt(1 - share)];
  const liquidity = quoteUnits / (start - low);
  return {
    sqrtPrice: Float64Array.of(low, start, high),
    liquidity: Float64Array.of(liquidity, liquidity),
    startSqrtPrice: start,
    feeRatio: 0,
  };
}
