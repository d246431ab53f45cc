import type { Address } from '@undertow/market';
import type { BookAsset } from './book.ts';
import { findAsset } from './find-asset.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const asset = (digit: string, symbol: string): BookAsset => ({
  ...{ address: address(digit), symbol, decimals: 18 },
  ...{ oraclePriceUsd: 1, marketPriceUsd: undefined },
});
const [weth, usdc, other, liar] = [
  asset('a', 'WETH'),
  asset('b', 'USDC'),
  asset('c', 'USDC'),
  asset('d', address('a')),
];
const book = { assets: [liar, weth, usdc, other] };

describe('findAsset', () => {
  test('finds by symbol and by address in any case; an address is never a symbol', () => {
    expect(findAsset(book, 'WETH')).toEqual({ asset: weth });
    expect(findAsset(book, address('C'))).toEqual({ asset: other });
    expect(findAsset(book, address('a'))).toEqual({ asset: weth });
  });

  test('lists what is known, and the addresses of an ambiguous symbol', () => {
    expect(findAsset({ assets: [weth, usdc] }, 'weth')).toEqual({
      problem: 'Asset "weth" is not in the book. Known: WETH, USDC.',
    });
    expect(findAsset(book, 'USDC')).toEqual({
      problem: `Several assets are called "USDC"; name one by its address: ${usdc.address}, ${other.address}.`,
    });
  });

  test('repeats only the start of an endless name', () => {
    expect(JSON.stringify(findAsset(book, 'x'.repeat(5_000))).length).toBeLessThan(300);
  });
});
