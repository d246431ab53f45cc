import fc from 'fast-check';
import { aggregateDepth } from './aggregate-depth.ts';
import { depthCurve } from './depth-curve.ts';
import { emptyPoolState, foldPool } from './pool-state.ts';
import type { PoolState } from './pool-state.ts';
import { swap } from './swap.ts';
import { buy, sell } from './trade.ts';
import { sqrtPriceX96AtTick } from '@undertow/market';

const FEE = { feePips: 3000, tickSpacing: 60 };
const UNIT = 10n ** 18n;

/** A pool of two 18-decimal tokens around a tick, with random ranges on top of a wide one. */
const poolArb = fc
  .record({
    tick: fc.integer({ min: -60_000, max: 60_000 }),
    ranges: fc.array(
      fc.record({
        lower: fc.integer({ min: -200, max: 199 }),
        width: fc.integer({ min: 1, max: 200 }),
        liquidity: fc.bigInt({ min: UNIT, max: 10n ** 8n * UNIT }),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ tick, ranges }): PoolState => {
    const middle = Math.floor(tick / 60);
    const all = [{ lower: -500, width: 1000, liquidity: 10n ** 6n * UNIT }, ...ranges];
    return foldPool(emptyPoolState, [
      { form: 'price', sqrtPriceX96: sqrtPriceX96AtTick(tick) + 12_345n, tick, liquidity: 0n },
      ...all.map(
        ({ lower, width, liquidity }) =>
          ({
            form: 'range',
            lowerTick: (middle + lower) * 60,
            upperTick: (middle + lower + width) * 60,
            liquidityDelta: liquidity,
          }) as const,
      ),
    ]);
  });
const amountArb = fc.integer({ min: 0, max: 39 }).map((exponent) => 10n ** 15n * 2n ** BigInt(exponent));

const netTicks = ({ sqrtPriceX96, ticks }: PoolState) => ({
  sqrtPriceX96,
  ticks: new Map([...ticks].map(([tick, { net }]) => [tick, net])),
});
const curveOf = (pool: PoolState, assetIsToken0: boolean) =>
  depthCurve(netTicks(pool), {
    assetIsToken0,
    decimals0: 18,
    decimals1: 18,
    feePips: 3000,
  })!;

describe('swap', () => {
  test('buying back what was sold costs more: the fee is lost, never gained', () => {
    fc.assert(
      fc.property(poolArb, amountArb, fc.boolean(), (pool, amount, zeroForOne) => {
        const sold = swap(pool, FEE, { zeroForOne, exactIn: true, amount })!;
        if (sold.amountOut === 0n || sold.remaining > 0n) return;
        const back = swap(sold.state, FEE, {
          zeroForOne: !zeroForOne,
          exactIn: true,
          amount: sold.amountOut,
        })!;
        expect(back.amountOut < amount).toBe(true);
      }),
    );
  });

  test('liquidity in range follows from the ticks crossed', () => {
    fc.assert(
      fc.property(poolArb, amountArb, fc.boolean(), fc.boolean(), (pool, amount, zeroForOne, exactIn) => {
        const { state, amountIn, amountOut, remaining } = swap(pool, FEE, { zeroForOne, exactIn, amount })!;
        const below = [...state.ticks].filter(([tick]) => tick <= state.tick);
        expect(state.liquidity).toBe(below.reduce((sum, [, { net }]) => sum + net, 0n));
        expect(exactIn ? amountIn : amountOut).toBe(amount - remaining);
      }),
    );
  });

  test('stops at the limit; a limit on the wrong side is refused, as is a pool without a price', () => {
    const pool = foldPool(emptyPoolState, [
      { form: 'price', sqrtPriceX96: sqrtPriceX96AtTick(0), tick: 0, liquidity: 0n },
      { form: 'range', lowerTick: -600, upperTick: 600, liquidityDelta: 1000n * UNIT },
    ]);
    const request = { zeroForOne: true, exactIn: true, amount: 10n ** 30n };
    const limited = swap(pool, FEE, { ...request, sqrtPriceLimitX96: sqrtPriceX96AtTick(-300) })!;
    expect(limited.state.sqrtPriceX96).toBe(sqrtPriceX96AtTick(-300));
    expect(limited.remaining > 0n).toBe(true);
    expect(swap(pool, FEE, { ...request, sqrtPriceLimitX96: sqrtPriceX96AtTick(300) })).toBeUndefined();
    expect(swap(emptyPoolState, FEE, request)).toBeUndefined();
  });
});

describe('depth curve', () => {
  test('selling and buying agree with the exact swap to 1e-9, either token order, over many ticks', () => {
    fc.assert(
      fc.property(poolArb, amountArb, fc.boolean(), (pool, amount, assetIsToken0) => {
        const curve = curveOf(pool, assetIsToken0);
        const sold = swap(pool, FEE, { zeroForOne: assetIsToken0, exactIn: true, amount })!;
        if (sold.remaining === 0n && sold.state.liquidity > 0n && sold.amountOut > 10n ** 11n) {
          const fill = sell(curve, curve.startSqrtPrice, Number(amount) / 1e18);
          expect(fill.unfilled).toBe(0);
          expect(fill.quoteAmount / (Number(sold.amountOut) / 1e18)).toBeCloseTo(1, 9);
          expect(fill.sqrtPriceAfter / curveOf(sold.state, assetIsToken0).startSqrtPrice).toBeCloseTo(1, 9);
        }
        const bought = swap(pool, FEE, { zeroForOne: !assetIsToken0, exactIn: false, amount })!;
        if (bought.remaining === 0n && bought.state.liquidity > 0n && bought.amountIn > 10n ** 11n) {
          const fill = buy(curve, curve.startSqrtPrice, Number(amount) / 1e18);
          expect(fill.quoteAmount / (Number(bought.amountIn) / 1e18)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a pool without a price, without ticks, or priced beyond its liquidity has no curve', () => {
    const terms = {
      assetIsToken0: true,
      decimals0: 18,
      decimals1: 6,
      feePips: 500,
    };
    const ticks = new Map([
      [0, 5n],
      [60, -5n],
    ]);
    expect(depthCurve({ sqrtPriceX96: 0n, ticks }, terms)).toBeUndefined();
    expect(depthCurve({ sqrtPriceX96: 1n << 96n, ticks: new Map() }, terms)).toBeUndefined();
    expect(depthCurve({ sqrtPriceX96: sqrtPriceX96AtTick(120), ticks }, terms)).toBeUndefined();
    expect(depthCurve({ sqrtPriceX96: sqrtPriceX96AtTick(30), ticks }, terms)?.liquidity).toHaveLength(1);
  });
});

describe('aggregateDepth', () => {
  test('two equal pools take twice as much for the same price move', () => {
    fc.assert(
      fc.property(poolArb, fc.double({ min: 0.001, max: 1000, noNaN: true }), (pool, amount) => {
        const curve = curveOf(pool, true);
        const both = aggregateDepth([curve, curve])!;
        const one = sell(curve, curve.startSqrtPrice, amount);
        const two = sell(both, both.startSqrtPrice, 2 * amount);
        expect(two.quoteAmount / (2 * one.quoteAmount)).toBeCloseTo(1, 9);
        expect(two.sqrtPriceAfter / one.sqrtPriceAfter).toBeCloseTo(1, 9);
      }),
    );
  });

  test('nothing gives nothing', () => {
    expect(aggregateDepth([])).toBeUndefined();
  });
});
