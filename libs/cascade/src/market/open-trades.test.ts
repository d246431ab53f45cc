import { buy, sell } from '@undertow/liquidity';
import type { AssetRow } from '@undertow/book';
import { crowdBook } from '../fixtures/crowd-books.ts';
import { openTrades } from './open-trades.ts';

const book = crowdBook();
const [usdc, eth, wsteth, crv] = [0, 1, 2, 3] as AssetRow[];
const trades = openTrades(book);
const curve = book.depth[eth!]!;

describe('openTrades', () => {
  it('sells and buys along the curve of an asset', () => {
    const sold = trades(new Map([[eth!, 10]]));
    expect(sold.cashUsd).toBeCloseTo(sell(curve, curve.startSqrtPrice, 10).quoteAmount, 6);
    expect(sold.priceFactor(eth!)).toBeLessThan(1);
    const bought = trades(new Map([[eth!, -10]]));
    expect(bought.cashUsd).toBeCloseTo(-buy(curve, curve.startSqrtPrice, 10).quoteAmount, 6);
  });

  it('begins every question where the markets stand', () => {
    expect(trades(new Map([[eth!, 10]])).cashUsd).toBe(trades(new Map([[eth!, 10]])).cashUsd);
  });

  it('redeems what is tied, and pays dollars at their price', () => {
    expect(trades(new Map([[wsteth!, 10]])).cashUsd).toBeCloseTo(trades(new Map([[eth!, 12]])).cashUsd, 6);
    expect(trades(new Map([[usdc!, -100]])).cashUsd).toBeCloseTo(-100, 9);
  });

  it('says when no market takes it', () => {
    const stuck = trades(new Map([[crv!, 10]]));
    expect([stuck.cashUsd, stuck.isFilled]).toEqual([0, false]);
  });
});
