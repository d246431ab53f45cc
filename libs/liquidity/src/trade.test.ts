import type { DepthCurve } from './curve.ts';
import { buy, sell } from './trade.ts';

/** Price 1, liquidity 100 between ¼ and 4 with a gap in the middle of the lower half. */
const curve: DepthCurve = {
  sqrtPrice: Float64Array.of(0.5, 0.6, 0.8, 1.5, 2),
  liquidity: Float64Array.of(50, 0, 100, 20),
  startSqrtPrice: 1,
  feeRatio: 0.01,
};

describe('sell', () => {
  test('within a segment follows Δ(1/√P) = Δasset ÷ L with the fee taken off first', () => {
    const fill = sell(curve, 1, 10);
    const after = 1 / (1 + 9.9 / 100);
    expect(fill.sqrtPriceAfter).toBeCloseTo(after, 14);
    expect(fill.quoteAmount).toBeCloseTo(100 * (1 - after), 12);
    expect([fill.filled, fill.unfilled]).toEqual([10, 0]);
  });

  test('with a fee on the quote, all that is sold moves the price, and the fee is taken off what it brings', () => {
    const free = sell({ ...curve, feeRatio: 0 }, 1, 40);
    const charged = sell({ ...curve, feeOnQuote: true }, 1, 40);
    expect(charged).toEqual({ ...free, quoteAmount: free.quoteAmount * 0.99 });
    expect(charged.sqrtPriceAfter).toBeLessThan(sell(curve, 1, 40).sqrtPriceAfter);
    expect(sell({ ...curve, feeOnQuote: true }, 1, 1_000).unfilled).toBe(
      sell({ ...curve, feeRatio: 0 }, 1, 1_000).unfilled,
    );
  });

  test('crosses a gap for nothing and stops at the low end', () => {
    const capacity = 100 * (1 / 0.8 - 1) + 50 * (1 / 0.5 - 1 / 0.6);
    const fill = sell(curve, 1, 1000);
    expect(fill.sqrtPriceAfter).toBe(0.5);
    expect(fill.filled).toBeCloseTo(capacity / 0.99, 10);
    expect(fill.unfilled).toBeCloseTo(1000 - capacity / 0.99, 10);
    expect(fill.quoteAmount).toBeCloseTo(100 * 0.2 + 50 * 0.1, 10);
  });

  test('in parts gives what it gives at once', () => {
    const once = sell(curve, 1, 40);
    const first = sell(curve, 1, 25);
    const second = sell(curve, first.sqrtPriceAfter, 15);
    expect(first.quoteAmount + second.quoteAmount).toBeCloseTo(once.quoteAmount, 10);
    expect(second.sqrtPriceAfter).toBeCloseTo(once.sqrtPriceAfter, 12);
  });

  test('nothing changes nothing; from beyond an end it starts at that end', () => {
    expect(sell(curve, 1, 0)).toEqual({ filled: 0, unfilled: 0, quoteAmount: 0, sqrtPriceAfter: 1 });
    expect(sell(curve, 9, 0).sqrtPriceAfter).toBe(2);
    expect(sell(curve, 0.5, 3)).toEqual({ filled: 0, unfilled: 3, quoteAmount: 0, sqrtPriceAfter: 0.5 });
  });

  test('a curve of nothing fills nothing', () => {
    const empty = { ...curve, sqrtPrice: new Float64Array(), liquidity: new Float64Array() };
    expect(sell(empty, 1, 5)).toEqual({ filled: 0, unfilled: 5, quoteAmount: 0, sqrtPriceAfter: 1 });
    expect(buy(empty, 1, 5)).toEqual({ filled: 0, unfilled: 5, quoteAmount: 0, sqrtPriceAfter: 1 });
  });
});

describe('buy', () => {
  test('is a sale backwards, but for the fee', () => {
    const sold = sell({ ...curve, feeRatio: 0 }, 1, 40);
    const bought = buy({ ...curve, feeRatio: 0 }, sold.sqrtPriceAfter, 40);
    expect(bought.quoteAmount).toBeCloseTo(sold.quoteAmount, 10);
    expect(bought.sqrtPriceAfter).toBeCloseTo(1, 12);
    expect(buy(curve, sold.sqrtPriceAfter, 40).quoteAmount).toBeCloseTo(sold.quoteAmount / 0.99, 10);
  });

  test('pays the fee in quote wherever it is charged', () => {
    expect(buy({ ...curve, feeOnQuote: true }, 1, 10)).toEqual(buy(curve, 1, 10));
  });

  test('stops at the high end', () => {
    const capacity = 100 * (1 - 1 / 1.5) + 20 * (1 / 1.5 - 1 / 2);
    const fill = buy(curve, 1, 1000);
    expect(fill.sqrtPriceAfter).toBe(2);
    expect(fill.filled).toBeCloseTo(capacity, 10);
    expect(fill.unfilled).toBeCloseTo(1000 - capacity, 10);
  });
});
