import { sqrtPriceX96AtTick } from '@undertow/market';

/** The price of a tick ÷ that of the one before. */
const STEP = 1.0001;

/** A price that lies less than this part of a tick below one is at it: floats have rounded it. */
const HAIR = 1e-6;

/**
 * What an average of a pool says that stays at a price: pools keep sums of whole ticks alone, so that it is the price of the tick
 * that the pool stands in, up to 0.01 % lower than the pool's own.
 *
 * Source: Uniswap v3 `Oracle.observe`; Perp v2 `UniswapV3Broker.getSqrtMarketTwapX96From` ("imprecise as it's an integer").
 */
export function atWholeTick(price: number): number {
  const tick = Math.floor(Math.log(price) / Math.log(STEP) + HAIR);
  return (Number(sqrtPriceX96AtTick(tick)) / 2 ** 96) ** 2;
}
