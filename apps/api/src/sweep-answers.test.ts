import { handMadeBook } from '../../../libs/cascade/src/fixtures/hand-made-book.ts';
import { heatmapAnswer } from './sweep-answers.ts';
import { SweepCache } from './sweep-cache.ts';

const HEAD = { chainId: 1, block: 7, hash: '0x07', time: 1_000, reorg: false };

/** Counts how often a heatmap is computed, or found. */
class CountedSweeps extends SweepCache {
  asked = 0;

  override heatmap(...what: Parameters<SweepCache['heatmap']>): ReturnType<SweepCache['heatmap']> {
    this.asked++;
    return super.heatmap(...what);
  }
}

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
  const sweeps = new CountedSweeps();
  const { rows, moves, bookHash } = heatmapAnswer({ book, head: HEAD }, [-0.3, 0.1], sweeps);
  expect({ moves, bookHash }).toEqual({ moves: [-0.3, 0.1], bookHash: book.hash });
  expect(rows.map(({ name }) => name)).toContain('WETH');
  expect(sweeps.asked).toBe(0);
  const { rows: whole } = await sweeps.heatmap(book, [-0.3, 0.1]);
  for (const [i, { cells, asset, ...row }] of rows.entries()) {
    const { cells: computed, asset: address, ...described } = whole[i]!;
    expect(await cells()).toBe(computed);
    expect([row, asset?.address]).toEqual([described, address]);
  }
});
