import { dueAtMarket, type Book } from '@undertow/book';
import { handMadeBook } from '../../../cascade/src/fixtures/hand-made-book.ts';
import { assetMarkets } from '../report/asset-markets.ts';
import { oracleStakes } from './oracle-stakes.ts';

/** One account that is healthy at its oracle's price, and one that is not. */
const book = handMadeBook(
  [
    { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1e6 },
    { symbol: 'USDC', priceUsd: 1, decimals: 6, oracle: 'constant', tie: {} },
  ],
  [1.02, 1.5].map((health) => ({
    venue: 'aave30',
    legs: [
      { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
      { asset: 'USDC', amount: -(8_000 / health) },
    ],
  })),
);

const withMarket = (move: number | undefined): Book => ({
  ...book,
  assets: book.assets.map((asset) => ({
    ...asset,
    marketPriceUsd: asset.symbol === 'WETH' && move !== undefined ? 1_000 * (1 + move) : undefined,
  })),
});

describe('what hangs on oracles', () => {
  it('is nothing where they say what markets say', () => {
    const { now, landed } = oracleStakes(withMarket(0), 0);
    expect(now).toMatchObject({ accounts: 0, profitUsd: 0 });
    expect(landed).toMatchObject({ accounts: 0, profitUsd: 0 });
  });

  it('opens with the answer that is due: whom it hides is liquidated then, at a profit that gas takes from', () => {
    const late = withMarket(-0.05);
    expect(dueAtMarket(late).hidden).toHaveLength(1);
    const { now, landed } = oracleStakes(late, 0);
    expect(now.accounts).toBe(0);
    expect(landed!.accounts).toBe(1);
    expect(landed!.profitUsd).toBeGreaterThan(0);
    const dear = oracleStakes(late, 10);
    expect(dear.landed!.profitUsd).toBeLessThan(landed!.profitUsd - 9);
    expect(oracleStakes(late, 1e9).landed!.accounts).toBe(0);
  });

  it('opens by what exchanges say too, where they are asked and the pools are as late as the oracle', () => {
    const late = withMarket(0);
    const quotes = ['kraken', 'gemini', 'binanceus'].map((exchange) => ({
      ...{ exchange, symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH', time: late.time },
      ...{ price: 950, volume: 1e6, exchangeTime: undefined },
    }));
    expect(oracleStakes(late, 0).landed!.accounts).toBe(0);
    const { now, landed } = oracleStakes(late, 0, assetMarkets(late, quotes));
    expect([now.accounts, landed!.accounts]).toEqual([0, 1]);
  });

  it('is not told of what nobody trades', () => {
    expect(oracleStakes(withMarket(undefined), 0).landed).toBeUndefined();
  });
});
