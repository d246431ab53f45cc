import { heatmap } from '@undertow/cascade';
import { handMadeBook } from '../../../libs/cascade/src/fixtures/hand-made-book.ts';
import { heatmapAnswer, heatmapRows } from './sweep-answers.ts';
import { cellsHere } from '../test-server/run-here.ts';

const HEAD = { chainId: 1, block: 7, hash: '0x07', time: 1_000, reorg: false };

it('tells which rows there are without a cascade, and computes cells when they are asked for', async () => {
  const book = handMadeBook(
    [
      { symbol: 'WETH', priceUsd: 2_000, decimals: 18, liquidity: 1e6 },
      { symbol: 'USDC', priceUsd: 1, decimals: 6 },
    ],
    [
      {
        venue: 'aave30',
        legs: [
          { asset: 'WETH', amount: 10, threshold: 0.8 },
          { asset: 'USDC', amount: -15_000 },
        ],
      },
    ],
  );
  let asked = 0;
  const cellsOf: ReturnType<typeof cellsHere> = (names) => {
    asked++;
    return cellsHere(book)(names);
  };
  const { rows, moves, bookHash } = heatmapAnswer({ book, head: HEAD }, [-0.3, 0.1], cellsOf);
  expect({ moves, bookHash }).toEqual({ moves: [-0.3, 0.1], bookHash: book.hash });
  expect(rows.map(({ name }) => name)).toContain('WETH');
  expect(asked).toBe(0);
  const whole = await heatmapRows(book, [-0.3, 0.1], cellsHere(book));
  expect(whole.flatMap((row) => row.cells)).toEqual(heatmap(book, [-0.3, 0.1]).flatMap((row) => row.cells));
  for (const [i, { cells, asset, ...row }] of rows.entries()) {
    const { cells: computed, asset: address, ...described } = whole[i]!;
    expect(await cells()).toEqual(computed);
    expect([row, asset?.address]).toEqual([described, address]);
  }
  // However many rows are asked for: it is one sweep.
  expect(asked).toBe(1);
});
