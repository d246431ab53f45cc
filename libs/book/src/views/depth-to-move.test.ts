import { depthWithin, sell } from '@undertow/liquidity';
import type { Book } from '../book.ts';
import type { AssetRow } from '../rows.ts';
import { depthToMove } from './depth-to-move.ts';

const curve = depthWithin({ price: 2_000, share: 0.1, quoteUnits: 50_000 });
const book = {
  assets: [{ oraclePriceUsd: 2_000 }, { oraclePriceUsd: 0.5 }, { oraclePriceUsd: 1 }],
  depth: [{ ...curve, asset: 0, quote: 1, sources: [], isRequoted: false }],
} as unknown as Pick<Book, 'assets' | 'depth'>;

test('what is paid while the price falls is what the market was said to pay, at the price of its quote', () => {
  const [half, whole] = depthToMove(book, 0 as AssetRow, [-0.05, -0.1])!;
  expect(whole!.usd).toBeCloseTo(25_000, 6);
  expect(half!.usd).toBeGreaterThan(whole!.usd * 0.45);
  expect(half!.usd).toBeLessThan(whole!.usd * 0.55);
  // As selling so many units does.
  const fill = sell(curve, curve.startSqrtPrice, half!.units);
  expect(fill.sqrtPriceAfter ** 2 / 2_000 - 1).toBeCloseTo(-0.05, 9);
  expect(fill.quoteAmount * 0.5).toBeCloseTo(half!.usd, 6);
});

test('a rise is bought, and what lies beyond the market is said to', () => {
  const [up, beyond, least] = depthToMove(book, 0 as AssetRow, [0.05, -0.5, -0.1])!;
  expect(up).toMatchObject({ move: 0.05, isEnded: false });
  expect(up!.units).toBeGreaterThan(0);
  expect(beyond).toEqual({ ...least, move: -0.5, isEnded: true });
});

test('an asset without a market has no depth', () => {
  expect(depthToMove(book, 2 as AssetRow, [-0.05])).toBeUndefined();
});
