import type { DepthCurve } from './curve.ts';
import { quoteBetween, unitsBetween } from './integral.ts';
import { sell } from './trade.ts';

const curve: DepthCurve = {
  sqrtPrice: Float64Array.of(0.5, 0.6, 0.8, 1.5, 2),
  liquidity: Float64Array.of(50, 0, 100, 20),
  startSqrtPrice: 1,
  feeRatio: 0,
};

describe('the integrals of a curve', () => {
  test.each([0.9, 0.7, 0.55, 0.5])('are what a sale from 1 down to %d takes and pays', (low) => {
    const range = { low, high: 1 };
    const units = unitsBetween(curve, range);
    const fill = sell(curve, 1, units);
    expect(fill.unfilled).toBeCloseTo(0, 9);
    expect(fill.quoteAmount).toBeCloseTo(quoteBetween(curve, range), 9);
  });

  test('are nothing between equal prices, in a gap and beyond the ends', () => {
    for (const [low, high] of [
      [1, 1],
      [0.65, 0.75],
      [0.1, 0.5],
      [2, 9],
    ] as const) {
      expect(unitsBetween(curve, { low, high })).toBe(0);
      expect(quoteBetween(curve, { low, high })).toBe(0);
    }
  });
});
