import { sqrtPriceX96AtTick } from '@undertow/market';
import type { DepthCurve } from './curve.ts';

/** A pool's price and net liquidity by tick: what is added when the price crosses the tick upwards. */
export interface PoolDepth {
  /** 0 before the pool is initialised. */
  readonly sqrtPriceX96: bigint;
  readonly ticks: ReadonlyMap<number, bigint>;
}

/** How a pool's raw units become the curve's. */
export interface DepthCurveTerms {
  /** Which of the pool's tokens is the asset. */
  readonly assetIsToken0: boolean;
  readonly decimals0: number;
  readonly decimals1: number;
  readonly feePips: number;
}

/**
 * What a pool can take of one of its tokens, from its indexed ticks, in whole units and quote per asset. The asset
 * may be either token: as token 1 its price is the inverse and the segments are in reverse. Undefined when the
 * pool has no price, no liquidity, or its price lies outside of all liquidity.
 * Source: Uniswap v3 white paper, 6.2: between two ticks, L = Δy ÷ Δ√P = Δx ÷ Δ(1 ÷ √P).
 */
export function depthCurve(pool: PoolDepth, terms: DepthCurveTerms): DepthCurve | undefined {
  const ticks = [...pool.ticks].filter(([, net]) => net !== 0n).sort(([a], [b]) => a - b);
  if (pool.sqrtPriceX96 === 0n || ticks.length < 2) return undefined;
  const sqrtPriceUnit = 10 ** ((terms.decimals0 - terms.decimals1) / 2);
  const liquidityUnit = 10 ** ((terms.decimals0 + terms.decimals1) / 2);
  const wholeSqrtPrice = (sqrtPriceX96: bigint) => (Number(sqrtPriceX96) / 2 ** 96) * sqrtPriceUnit;

  const ends = ticks.map(([tick]) => wholeSqrtPrice(sqrtPriceX96AtTick(tick)));
  let running = 0n;
  const liquidity = ticks.slice(0, -1).map(([, net]) => Number((running += net)) / liquidityUnit);
  const start = wholeSqrtPrice(pool.sqrtPriceX96);
  if (start < ends[0]! || start > ends.at(-1)!) return undefined;

  const oriented = terms.assetIsToken0
    ? { ends, liquidity, start }
    : { ends: ends.map((end) => 1 / end).reverse(), liquidity: liquidity.toReversed(), start: 1 / start };
  return {
    sqrtPrice: Float64Array.from(oriented.ends),
    liquidity: Float64Array.from(oriented.liquidity),
    startSqrtPrice: oriented.start,
    feeRatio: terms.feePips / 1e6,
  };
}
