import { buy, depthWithin, sell } from '@undertow/liquidity';
import type { Book } from '../book.ts';
import type { AssetRow } from '../rows.ts';
import { costToMove } from './cost-to-move.ts';

const QUOTE_USD = 0.5;
const bookWith = (fee: { readonly feeRatio: number; readonly feeOnQuote?: boolean }) => {
  const curve = { ...depthWithin({ price: 2_000, share: 0.1, quoteUnits: 50_000 }), ...fee };
  const book = {
    assets: [{ oraclePriceUsd: 1_000 }, { oraclePriceUsd: QUOTE_USD }, { oraclePriceUsd: 1 }],
    depth: [{ ...curve, asset: 0, quote: 1, sources: [], isRequoted: false }],
  } as unknown as Pick<Book, 'assets' | 'depth'>;
  return { curve, at: (move: number) => costToMove(book, 0 as AssetRow, move)! };
};

describe.each([{ feeRatio: 0 }, { feeRatio: 0.003 }, { feeRatio: 0.003, feeOnQuote: true }])(
  'with %p',
  (fee) => {
    const { curve, at } = bookWith(fee);
    const start = curve.startSqrtPrice;

    /** Units after which a trade has brought the price to a root, by bisection: what the trades themselves do. */
    const unitsTo = (sqrtPrice: number, trade: typeof sell) => {
      let [low, high] = [0, 1e6];
      for (let turn = 0; turn < 200; turn++) {
        const middle = (low + high) / 2;
        const { sqrtPriceAfter } = trade(curve, start, middle);
        if (Math.abs(sqrtPriceAfter - start) < Math.abs(sqrtPrice - start)) low = middle;
        else high = middle;
      }
      return low;
    };

    test('is what a sale of as many units loses against the price before it', () => {
      const units = unitsTo(start * Math.sqrt(0.95), sell);
      const { quoteAmount } = sell(curve, start, units);
      expect(at(-0.05).costUsd).toBeCloseTo((units * 2_000 - quoteAmount) * QUOTE_USD, 4);
    });

    test('is what a purchase pays above the price before it', () => {
      const units = unitsTo(start * Math.sqrt(1.05), buy);
      const { quoteAmount } = buy(curve, start, units);
      expect(at(0.05).costUsd).toBeCloseTo((quoteAmount - units * 2_000) * QUOTE_USD, 4);
    });
  },
);

test('nothing costs nothing, more costs more than in proportion, and the end of the market is said', () => {
  const { at } = bookWith({ feeRatio: 0 });
  expect(at(0)).toEqual({ tradedUsd: 0, costUsd: 0, isEnded: false });
  expect(at(-0.08).costUsd).toBeGreaterThan(2 * at(-0.04).costUsd);
  expect(at(0.08).costUsd).toBeGreaterThan(2 * at(0.04).costUsd);
  expect(at(-0.5)).toEqual({ ...at(-0.1), isEnded: true });
});

test('an asset without a market has no cost', () => {
  const { assets, depth } = { assets: [{ oraclePriceUsd: 1 }], depth: [undefined] };
  expect(costToMove({ assets, depth } as unknown as Book, 0 as AssetRow, -0.1)).toBeUndefined();
});
