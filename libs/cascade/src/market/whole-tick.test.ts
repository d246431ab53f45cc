import { sqrtPriceX96AtTick, tickAtSqrtPriceX96 } from '@undertow/market';
import { atWholeTick } from './whole-tick.ts';

describe('atWholeTick', () => {
  const priceAt = (tick: number) => (Number(sqrtPriceX96AtTick(tick)) / 2 ** 96) ** 2;

  test.each([-276_324, -1, 0, 1, 78_244, 109_050])('within tick %p it is the price of that tick', (tick) => {
    const low = priceAt(tick);
    for (const share of [0.1, 0.5, 0.99]) expect(atWholeTick(low * 1.0001 ** share)).toBe(low);
  });

  test.each([-276_324, 0, 78_244])('at tick %p, but for what floats round, it is that tick', (tick) => {
    const price = priceAt(tick);
    expect(atWholeTick(price)).toBe(price);
    expect(atWholeTick(price * (1 - 1e-14))).toBe(price);
    expect(atWholeTick(price * (1 - 1e-9))).toBe(priceAt(tick - 1));
  });

  test.each([0.000_123, 0.97, 1.8, 2_613.65, 53_472.7])(
    'it is the tick of a pool that stands at %p',
    (price) => {
      const sqrtPriceX96 = BigInt(Math.round(Math.sqrt(price) * 2 ** 96));
      expect(atWholeTick(price)).toBe(priceAt(tickAtSqrtPriceX96(sqrtPriceX96)));
    },
  );
});
