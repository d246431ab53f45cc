import type { LiquidityChanged } from '@undertow/market';

/** Liquidity that refers to one tick: `net` is added when the price crosses it upwards, `gross` tells if it is initialised. */
export interface TickLiquidity {
  readonly net: bigint;
  readonly gross: bigint;
}

/** All of a pool that a swap depends on, in the pool's own integers. */
export interface PoolState {
  /** 0 before the pool is initialised. */
  readonly sqrtPriceX96: bigint;
  readonly tick: number;
  /** Liquidity in range. */
  readonly liquidity: bigint;
  /** Initialised ticks only. */
  readonly ticks: ReadonlyMap<number, TickLiquidity>;
}

/** A pool before its first fact. */
export const emptyPoolState: PoolState = { sqrtPriceX96: 0n, tick: 0, liquidity: 0n, ticks: new Map() };

/**
 * Pool after some facts about it, in order. A range that holds the current tick also changes the liquidity in
 * range, unless the pool has no price yet: facts from a snapshot bring the ranges first and then the price with
 * its liquidity. Sources: UniswapV3Pool.mint, burn, swap, initialize; Tick.update.
 */
export function foldPool(state: PoolState, changes: Iterable<LiquidityChanged['change']>): PoolState {
  const ticks = new Map(state.ticks);
  let { sqrtPriceX96, tick, liquidity } = state;
  for (const change of changes) {
    if (change.form === 'price') {
      ({ sqrtPriceX96, tick, liquidity } = change);
      continue;
    }
    const { lowerTick, upperTick, liquidityDelta } = change;
    addToTick(ticks, lowerTick, liquidityDelta, liquidityDelta);
    addToTick(ticks, upperTick, -liquidityDelta, liquidityDelta);
    const inRange = lowerTick <= tick && tick < upperTick;
    if (inRange && sqrtPriceX96 !== 0n) liquidity += liquidityDelta;
  }
  return { sqrtPriceX96, tick, liquidity, ticks };
}

function addToTick(ticks: Map<number, TickLiquidity>, tick: number, net: bigint, gross: bigint): void {
  const before = ticks.get(tick) ?? { net: 0n, gross: 0n };
  const after = { net: before.net + net, gross: before.gross + gross };
  if (after.gross === 0n) ticks.delete(tick);
  else ticks.set(tick, after);
}
