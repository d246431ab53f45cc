import { handMadeAddress, handMadeBook, type HandMadeAsset } from './fixtures/hand-made-book.ts';
import { shockedPrices } from './shock.ts';

const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'wrapped', priceUsd: 2_400, decimals: 18, derivedFrom: { asset: 'staked' } },
  { symbol: 'staked', priceUsd: 2_000, decimals: 18, liquidity: 1e5, derivedFrom: { asset: 'WETH' } },
  { symbol: 'WETH', priceUsd: 2_000, decimals: 18, liquidity: 1e6 },
  { symbol: 'MUSD', priceUsd: 1, decimals: 18, isFixed: true },
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
];
const address = (symbol: string) => handMadeAddress(ASSETS.findIndex((asset) => asset.symbol === symbol));
const book = handMadeBook(ASSETS, []);
const shocked = (shocks: Record<string, number>) =>
  shockedPrices(book, {
    shocks: Object.fromEntries(Object.entries(shocks).map(([symbol, shock]) => [address(symbol), shock])),
  });

describe('shockedPrices', () => {
  test('moves what hangs on an asset with it, oracles and markets alike', () => {
    const { assetPriceUsd, oraclePriceUsd, marketPriceUsd, exactAnswers } = shocked({ WETH: -0.25 });
    expect([...assetPriceUsd]).toEqual([1_800, 1_500, 1_500, 1, 1]);
    expect([...oraclePriceUsd]).toEqual([1_800, 1_500, 1_500, 1, 1]);
    expect([...marketPriceUsd]).toEqual([1_800, 1_500, 1_500, 1, 1]);
    expect(exactAnswers.slice(0, 3)).toEqual([180_000_000_000n, 150_000_000_000n, 150_000_000_000n]);
  });

  test('takes a shock to a derived asset as one to its ratio', () => {
    expect([...shocked({ staked: -0.5 }).oraclePriceUsd]).toEqual([1_200, 1_000, 2_000, 1, 1]);
    expect([...shocked({ WETH: -0.25, staked: -0.5 }).oraclePriceUsd]).toEqual([900, 750, 1_500, 1, 1]);
  });

  test('leaves a fixed oracle and its answer where they are, but not the market', () => {
    const { assetPriceUsd, oraclePriceUsd, marketPriceUsd, exactAnswers } = shocked({ MUSD: -0.1 });
    expect([assetPriceUsd[3], oraclePriceUsd[3], marketPriceUsd[3]]).toEqual([0.9, 1, 0.9]);
    expect(exactAnswers[3]).toBe(100_000_000n);
  });

  test('keeps a market where it is while nothing that it hangs on is shocked', () => {
    const assets = book.assets.map((asset) =>
      asset.symbol === 'staked' ? { ...asset, marketPriceUsd: 1_950 } : asset,
    );
    const { marketPriceUsd, oraclePriceUsd } = shockedPrices({ ...book, assets }, { shocks: {} });
    expect([...marketPriceUsd]).toEqual([2_340, 1_950, 2_000, 1, 1]);
    expect(oraclePriceUsd[1]).toBe(2_000);
  });

  test('moves all volatilities, by a ratio above -1', () => {
    expect(shockedPrices(book, { shocks: {}, volatilityShock: 0.5 }).volatilityFactor).toBe(1.5);
    expect(shockedPrices(book, { shocks: {} }).volatilityFactor).toBe(1);
    expect(() => shockedPrices(book, { shocks: {}, volatilityShock: -1 })).toThrow(/volatilities is -1/);
  });

  test('refuses assets that are derived from each other', () => {
    const assets = book.assets.map((asset) =>
      asset.symbol === 'WETH' ? { ...asset, derivedFrom: book.assets[0]!.derivedFrom! } : asset,
    );
    expect(() => shockedPrices({ ...book, assets }, { shocks: {} })).toThrow(/derived from each other/);
  });
});
