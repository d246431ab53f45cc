import { checkBook } from '@undertow/book';
import { handMadeFiles, importedOf, POOLED, type HandMadeTables } from './fixtures/rows.ts';
import { withQuotedDepth } from './with-quoted-depth.ts';

const quotes = (asset: string, quote: string, price: number) => [
  { asset, quote, side: 'sell', amountIn: 10, amountOut: 10 * price, source: 'aggregator' },
  { asset, quote, side: 'sell', amountIn: 100, amountOut: 98 * price, source: 'aggregator' },
];

/** The pooled book without depth, then with that of some rows. */
async function deepened(rows: HandMadeTables) {
  const { quotes: _, ...rest } = POOLED;
  const { book: before } = await importedOf(rest);
  return { before, ...(await withQuotedDepth(before, handMadeFiles(rows))) };
}

describe('a book with quoted depth', () => {
  test('trades as the rows say, under another hash, and no longer lacks the market', async () => {
    const { before, book } = await deepened({ quotes: quotes('WETH', 'USDC', 1_990) });
    checkBook(book);
    const weth = book.assets.findIndex(({ symbol }) => symbol === 'WETH');
    expect(before.depth[weth]).toBeUndefined();
    expect(book.depth[weth]).toMatchObject({ sources: ['aggregator'], isRequoted: true });
    expect(book.assets[weth]!.marketPriceUsd! / 1_990).toBeCloseTo(1, 1);
    expect(book.hash).not.toBe(before.hash);
    const lacking = ({ coverage }: typeof book) => coverage.gaps.map(({ source }) => source);
    expect(lacking(before)).toContain('WETH');
    expect(lacking(book)).toEqual([]);
  });

  test('keeps what the book knows of other assets, and takes addresses for names', async () => {
    const { book } = await deepened({ quotes: quotes('WETH', 'USDC', 1_990) });
    const address = book.assets.find(({ symbol }) => symbol === 'wstETH')!.address;
    const { book: both } = await withQuotedDepth(
      book,
      handMadeFiles({ quotes: quotes(address, 'WETH', 1.19) }),
    );
    checkBook(both);
    const rowOf = (symbol: string) => both.assets.findIndex((asset) => asset.symbol === symbol);
    expect(both.depth[rowOf('WETH')]).toBe(book.depth[rowOf('WETH')]);
    expect(both.depth[rowOf('wstETH')]).toMatchObject({ sources: ['aggregator'] });
  });

  test('is refused where the book does not have the asset, or prices would follow each other', async () => {
    await expect(deepened({ quotes: quotes('LINK', 'USDC', 10) })).rejects.toThrow(
      /column asset: LINK has no price/,
    );
    await expect(deepened({ quotes: quotes('WETH', 'wstETH', 0.8) })).rejects.toThrow(/which follows/);
  });
});
