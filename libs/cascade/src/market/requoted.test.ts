import type { Book } from '@undertow/book';
import { handMadeBook, type HandMadeAccount } from '../fixtures/hand-made-book.ts';
import { reproduction } from '../reproduction.ts';
import { simulate } from '../simulate.ts';

const USDC = { symbol: 'USDC', priceUsd: 1, decimals: 6 };
const ETH = { symbol: 'ETH', priceUsd: 2_000, decimals: 18, liquidity: 1e6 };

const borrower: HandMadeAccount = {
  venue: 'morpho',
  legs: [
    { asset: 'ETH', amount: 100, threshold: 0.8, bonus: 0.05 },
    { asset: 'USDC', amount: -125_000 },
  ],
};

/** A market that is known from its price down to some percent below it and no further. */
function bookWith(isRequoted: boolean): Book {
  const book = handMadeBook([ETH, USDC], [borrower]);
  const curve = {
    ...book.depth[0]!,
    sqrtPrice: Float64Array.of(Math.sqrt(1_800), Math.sqrt(2_200)),
    isRequoted,
  };
  return { ...book, depth: [curve, undefined] };
}

const falling = { moves: [{ kind: 'reference', symbol: 'ETH', move: -0.3 }] } as const;

describe('a market after a fall beyond its known end', () => {
  test('takes nothing where its liquidity stays at its prices', () => {
    const result = simulate(bookWith(false), falling);
    expect(result.liquidatedUsd).toBe(0);
    expect(result.stuck).toMatchObject([{ accounts: 1, debtUsd: 125_000 }]);
  });

  test('takes as many units for the same share of the price where it is quoted anew', () => {
    const result = simulate(bookWith(true), falling);
    expect(result.liquidatedUsd).toBeGreaterThan(100_000);
    const [eth] = result.byAsset;
    const before = simulate(bookWith(true), {
      moves: [{ kind: 'oracle', asset: eth!.asset as `0x${string}`, move: -0.3 }],
    });
    const share = ({ byAsset: [path], moves }: typeof result) =>
      path!.marketAfterUsd / (path!.marketBeforeUsd * (1 + moves[0]!.marketMove));
    expect(share(result)).toBeLessThan(1);
    // The oracle alone falls: the market is where it was, and sells at the same impact per unit.
    expect(before.byAsset[0]!.sold).toBeGreaterThan(0);
    const impact = (1 - share(result)) / eth!.sold;
    expect(impact / ((1 - share(before)) / before.byAsset[0]!.sold)).toBeCloseTo(1, 2);
  });

  test('has a slope of its feedback at every drop only where it is quoted anew', () => {
    const pointsOf = (isRequoted: boolean) =>
      reproduction(bookWith(isRequoted), { drops: [0, 0.3] })[0]!.points.map((point) => point.reproduction);
    expect(pointsOf(false)).toEqual([expect.any(Number), undefined]);
    expect(pointsOf(true)).toEqual([expect.any(Number), expect.any(Number)]);
  });
});
