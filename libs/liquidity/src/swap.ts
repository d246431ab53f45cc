import type { Pool } from '@undertow/market';
import { assert } from '@undertow/units';
import type { PoolState } from './pool-state.ts';
import { swapStep } from './swap-step.ts';
import {
  MAX_SQRT_PRICE_X96,
  MAX_TICK,
  MIN_SQRT_PRICE_X96,
  MIN_TICK,
  nextTickInWord,
  sqrtPriceX96AtTick,
  tickAtSqrtPriceX96,
} from '@undertow/market';

/** What a trader asks of a pool. */
export interface SwapRequest {
  /** True: token 0 comes in and token 1 goes out, and the price falls. */
  readonly zeroForOne: boolean;
  /** Whether `amount` is what comes in, fee included, or what goes out. */
  readonly exactIn: boolean;
  /** Raw units, above zero. */
  readonly amount: bigint;
  /** Root price at which the swap stops; without it, the end of all prices. */
  readonly sqrtPriceLimitX96?: bigint;
}

/** What a swap does. Raw units. */
export interface SwapResult {
  /** Comes in, fee included. */
  readonly amountIn: bigint;
  readonly amountOut: bigint;
  /** Part of the requested amount that the pool could not trade before the limit. */
  readonly remaining: bigint;
  /** The pool afterwards. */
  readonly state: PoolState;
}

interface Walk {
  sqrtPriceX96: bigint;
  tick: number;
  liquidity: bigint;
  remaining: bigint;
  amountIn: bigint;
  amountOut: bigint;
}

/**
 * Exact result of a swap against a pool, equal to the contract's to the last unit. Undefined when the contract
 * reverts: the pool has no price, or the limit is on the wrong side of it or outside of all prices.
 * Source: UniswapV3Pool.swap, also in its stops at the ends of tick-bitmap words, where amounts are rounded.
 */
export function swap(state: PoolState, pool: SwapTerms, request: SwapRequest): SwapResult | undefined {
  const { zeroForOne, exactIn, amount } = request;
  assert(amount > 0n, 'a swap needs an amount above zero');
  const limit = request.sqrtPriceLimitX96 ?? (zeroForOne ? MIN_SQRT_PRICE_X96 + 1n : MAX_SQRT_PRICE_X96 - 1n);
  if (!isReachable(state.sqrtPriceX96, limit, zeroForOne)) return undefined;
  const { sqrtPriceX96, tick, liquidity } = state;
  const walk: Walk = { sqrtPriceX96, tick, liquidity, remaining: amount, amountIn: 0n, amountOut: 0n };
  // Every pass ends at a tick-bitmap word's end or at a tick, of which there are finitely many.
  while (walk.remaining > 0n && walk.sqrtPriceX96 !== limit) {
    advance(walk, state, pool, { zeroForOne, exactIn, limit });
  }
  return {
    amountIn: walk.amountIn,
    amountOut: walk.amountOut,
    remaining: walk.remaining,
    state: { ...state, sqrtPriceX96: walk.sqrtPriceX96, tick: walk.tick, liquidity: walk.liquidity },
  };
}

/** What a swap needs to know of a pool. */
export type SwapTerms = Pick<Pool, 'feePips' | 'tickSpacing'>;

function isReachable(sqrtPriceX96: bigint, limit: bigint, zeroForOne: boolean): boolean {
  if (sqrtPriceX96 === 0n) return false;
  return zeroForOne
    ? limit < sqrtPriceX96 && limit > MIN_SQRT_PRICE_X96
    : limit > sqrtPriceX96 && limit < MAX_SQRT_PRICE_X96;
}

interface Direction {
  readonly zeroForOne: boolean;
  readonly exactIn: boolean;
  readonly limit: bigint;
}

function advance(
  walk: Walk,
  state: PoolState,
  pool: SwapTerms,
  { zeroForOne, exactIn, limit }: Direction,
): void {
  const found = nextTickInWord(state.ticks, {
    tick: walk.tick,
    spacing: pool.tickSpacing,
    isDown: zeroForOne,
  });
  const next = Math.min(Math.max(found, MIN_TICK), MAX_TICK);
  const nextX96 = sqrtPriceX96AtTick(next);
  const beyondLimit = zeroForOne ? nextX96 < limit : nextX96 > limit;
  const startX96 = walk.sqrtPriceX96;
  const step = swapStep({
    sqrtPriceX96: startX96,
    targetX96: beyondLimit ? limit : nextX96,
    liquidity: walk.liquidity,
    remaining: walk.remaining,
    exactIn,
    feePips: pool.feePips,
  });
  walk.amountIn += step.amountIn + step.fee;
  walk.amountOut += step.amountOut;
  walk.remaining -= exactIn ? step.amountIn + step.fee : step.amountOut;
  walk.sqrtPriceX96 = step.sqrtPriceX96;
  if (step.sqrtPriceX96 === nextX96) {
    const net = state.ticks.get(next)?.net ?? 0n;
    walk.liquidity += zeroForOne ? -net : net;
    walk.tick = zeroForOne ? next - 1 : next;
  } else if (step.sqrtPriceX96 !== startX96) {
    walk.tick = tickAtSqrtPriceX96(step.sqrtPriceX96);
  }
}
