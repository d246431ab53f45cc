import fc from 'fast-check';
import {
  MAX_SQRT_PRICE_X96,
  MAX_TICK,
  MIN_SQRT_PRICE_X96,
  MIN_TICK,
  sqrtPriceX96AtTick,
  tickAtSqrtPriceX96,
} from './tick-math.ts';

describe('tick maths', () => {
  test.each([
    [MIN_TICK, MIN_SQRT_PRICE_X96],
    [MIN_TICK + 1, 4_295_343_490n],
    [0, 1n << 96n],
    [MAX_TICK - 1, 1_461_373_636_630_004_318_706_518_188_784_493_106_690_254_656_249n],
    [MAX_TICK, MAX_SQRT_PRICE_X96],
  ])('root price at tick %d is that of the contract', (tick, sqrtPriceX96) => {
    expect(sqrtPriceX96AtTick(tick)).toBe(sqrtPriceX96);
  });

  test('a tick begins exactly at its root price', () => {
    fc.assert(
      fc.property(fc.integer({ min: MIN_TICK + 1, max: MAX_TICK - 1 }), (tick) => {
        const start = sqrtPriceX96AtTick(tick);
        expect(tickAtSqrtPriceX96(start)).toBe(tick);
        expect(tickAtSqrtPriceX96(start - 1n)).toBe(tick - 1);
      }),
      { numRuns: 500 },
    );
  });

  test('the ends of all prices have ticks, beyond them there are none', () => {
    expect(tickAtSqrtPriceX96(MIN_SQRT_PRICE_X96)).toBe(MIN_TICK);
    expect(tickAtSqrtPriceX96(MAX_SQRT_PRICE_X96 - 1n)).toBe(MAX_TICK - 1);
    expect(() => tickAtSqrtPriceX96(MAX_SQRT_PRICE_X96)).toThrow('outside');
    expect(() => sqrtPriceX96AtTick(MAX_TICK + 1)).toThrow('outside');
  });
});
