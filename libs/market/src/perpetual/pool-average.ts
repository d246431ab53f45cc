import { sqrtPriceX96AtTick } from '../pool/tick-math.ts';

/** Where the pool of a perpetual stood from a time on. */
export interface TickFrom {
  readonly time: number;
  readonly tick: number;
}

/** What an average of a pool's price is made of. */
export interface PoolPath {
  /** Where it stands; 0 before the pool is initialised. */
  readonly sqrtPriceX96: bigint;
  /** Where it stood, oldest first. */
  readonly ticks: readonly TickFrom[];
}

/** Averages over less than this are the present price. Source: `UniswapV3Broker.getSqrtMarketTwapX96From`. */
export const SHORTEST_AVERAGE_SECONDS = 10;

/**
 * Root price of the pool averaged over the seconds before a time: the root price at the average tick, rounded towards
 * zero; over less than 10 seconds the present root price. Undefined when the history does not reach back so far (the
 * contract reverts with `OLD`).
 *
 * Source: `UniswapV3Broker.getSqrtMarketTwapX96From`, Uniswap v3 `Oracle.observe`: between two changes of the tick the
 * sum grows evenly, so that the interpolation there is exact.
 */
export function poolSqrtPriceX96(
  { sqrtPriceX96, ticks }: PoolPath,
  { time, seconds }: { readonly time: number; readonly seconds: number },
): bigint | undefined {
  if (sqrtPriceX96 === 0n) return undefined;
  if (seconds < SHORTEST_AVERAGE_SECONDS) return sqrtPriceX96;
  const from = time - seconds;
  if (ticks[0] === undefined || ticks[0].time > from) return undefined;
  let sum = 0;
  let end = time;
  for (let i = ticks.length - 1; i >= 0 && end > from; i--) {
    const { time: start, tick } = ticks[i]!;
    if (start >= end) continue;
    sum += tick * (end - Math.max(start, from));
    end = Math.max(start, from);
  }
  return sqrtPriceX96AtTick(Math.trunc(sum / seconds));
}
