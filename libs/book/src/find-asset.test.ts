import type { Address } from '@undertow/market';
import { findAsset } from './find-asset.ts';
import { bookAsset } from './fixtures/book-asset.ts';

const address = (digit: string): Address => `0x${digit.repeat(40)}`;
const asset = (digit: string, symbol: string) => bookAsset({ address: address(digit), symbol, decimals: 18 });
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

  test('lists what is known, and the addresses of an ambiguous symbol; an empty book has none', () => {
    expect(findAsset({ assets: [weth, usdc] }, 'wet')).toEqual({
      problem: 'Asset "wet" is not in the book. Known: WETH, USDC.',
    });
    expect(findAsset({ assets: [] }, 'WETH')).toEqual({
      problem: 'Asset "WETH" is not in the book: at this block the book holds no asset yet.',
    });
    const twins = [asset('c', 'X (0xcccc…cccc)'), asset('d', 'X (0xdddd…dddd)')];
    expect(findAsset({ assets: [weth, ...twins] }, 'X')).toEqual({
      problem: `Several assets are called "X"; name one by its address: ${address('c')}, ${address('d')}.`,
    });
    expect(findAsset(book, 'USDC')).toEqual({
      problem: `Several assets are called "USDC"; name one by its address: ${usdc.address}, ${other.address}.`,
    });
  });

  test.each([
    ...['WETH (0xaaaa…aaaa)', 'WETH (0XAAAA…AAAA)', 'WETH (0xaaaa...aaaa)', 'WETH (0xaaaa)', 'WETH (0x…)'],
    ...[`WETH (${address('a')})`, 'WETH (0xaaaa…dddd)', 'WETH (0xdddd…aaaa)', 'WETH (0xdddd…dd…dddd)'],
  ])('%s is not an asset whose address is another, though it is called so', (symbol) => {
    const named = asset('d', symbol);
    const found = findAsset({ assets: [weth, named] }, symbol);
    expect(found).toHaveProperty('problem');
    const imitation = asset('d', `${symbol} (0xdddd…dddd)`);
    expect(JSON.stringify(findAsset({ assets: [weth, imitation] }, symbol))).not.toContain(imitation.address);
    expect(findAsset({ assets: [weth, imitation] }, imitation.symbol)).toEqual({ asset: imitation });
  });

  test('what only imitates a name is not among those that have it', () => {
    const [fake, imitation] = [asset('c', 'X (0xcccc…cccc)'), asset('d', 'X (0xcccc…cccc) (0xdddd…dddd)')];
    expect(findAsset({ assets: [fake, imitation] }, 'X')).toEqual({
      problem: `No asset in the book is the only one called "X"; name it by its address: ${fake.address}.`,
    });
    expect(findAsset({ assets: [imitation, fake] }, fake.symbol)).toEqual({ asset: fake });
  });

  test('a symbol in another case is the one asset that has it so, and a question where several do', () => {
    const lower = asset('d', 'weth');
    expect(findAsset({ assets: [weth, usdc] }, 'weth')).toEqual({ asset: weth });
    expect(findAsset({ assets: [weth, lower] }, 'weth')).toEqual({ asset: lower });
    expect(findAsset({ assets: [weth, lower] }, 'Weth')).toEqual({
      problem: 'Asset "Weth" is not in the book as it is written; it may be any of WETH, weth.',
    });
    const imitation = asset('d', 'weth (0xaaaa…aaaa)');
    expect(findAsset({ assets: [weth, imitation] }, 'WETH (0xAAAA…AAAA)')).toHaveProperty('problem');
  });

  test('repeats only the start of an endless name', () => {
    expect(JSON.stringify(findAsset(book, 'x'.repeat(5_000))).length).toBeLessThan(300);
  });
});
