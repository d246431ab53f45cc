import { bookOfAllMechanisms } from '../../../book/src/fixtures/book-of-all-mechanisms.ts';
import type { AssetRow } from '@undertow/book';
import { borrowCapByUse, greatestLeverage, supplyCapByDepth } from './depth-caps.ts';

const book = bookOfAllMechanisms();
const [weth, usdc] = [0 as AssetRow, 1 as AssetRow];

describe('caps by depth', () => {
  it('is twice what sells within the bonus', () => {
    // L · (1 ÷ √(P · 0.95) − 1 ÷ √P) with L = 50,000 and P = 2,000.
    const units = 50_000 * (1 / Math.sqrt(1_900) - 1 / Math.sqrt(2_000));
    const { cap, sellable, isEnded } = supplyCapByDepth(book, weth, 0.05)!;
    expect(sellable).toBeCloseTo(units, 9);
    expect(cap).toBeCloseTo(2 * units, 9);
    expect(isEnded).toBe(false);
  });

  it('gives no number where no market is known', () => {
    expect(supplyCapByDepth(book, usdc, 0.05)).toBeUndefined();
  });

  it('borrows what the rate curve means to be borrowed', () => {
    expect(borrowCapByUse(1_000, 0.8)).toBe(800);
    expect(greatestLeverage(0.8)).toBeCloseTo(5, 12);
    expect(greatestLeverage(1)).toBe(Infinity);
  });

  it('refuses what is no ratio', () => {
    expect(() => supplyCapByDepth(book, weth, 1.05)).toThrow('0.05 = 5 %');
    expect(() => borrowCapByUse(1, 80)).toThrow('optimal utilisation');
  });
});
