import { quantileRanks, wilson } from './intervals.ts';

describe('wilson', () => {
  // Newcombe (1998), table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('gives the published interval of %i in %i', (seen, trials, low, high) => {
    const found = wilson(seen / trials, trials);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it('is its own mirror image', () => {
    expect(wilson(1, 20)).toEqual({ low: expect.closeTo(1 - 0.1611, 4), high: 1 });
  });
});

describe('quantileRanks', () => {
  it('gives the textbook ranks of a median', () => {
    // Tables of the sign test: of 10 the 2nd and 9th (97.9 %), of 20 the 6th and 15th (95.9 %), of 5 none.
    expect(quantileRanks(10, 0.5)).toEqual({ low: 2, high: 9 });
    expect(quantileRanks(20, 0.5)).toEqual({ low: 6, high: 15 });
    expect(quantileRanks(5, 0.5)).toEqual({ low: 0, high: 6 });
  });

  it('leaves at most 2.5 % on either side, and one rank further in more, by exact sums', () => {
    for (const [count, tenths] of [
      [100, 9],
      [37, 3],
      [250, 8],
    ] as const) {
      const { low, high } = quantileRanks(count, tenths / 10);
      const below = (rank: number) => probabilityBelow(rank, { count, tenths });
      expect(below(low)).toBeLessThanOrEqual(0.025);
      expect(below(low + 1)).toBeGreaterThan(0.025);
      expect(1 - below(high)).toBeLessThanOrEqual(0.025);
      expect(1 - below(high - 1)).toBeGreaterThan(0.025);
    }
  });

  it('works for millions', () => {
    const { low, high } = quantileRanks(10_000_000, 0.99);
    // By the normal limit: 1.96 × √(n p q) = 616.7 on either side.
    expect(Math.abs(low - (9_900_000 - 616))).toBeLessThan(5);
    expect(Math.abs(high - (9_900_000 + 617))).toBeLessThan(5);
  });
});

/** P(B < rank) of a binomial number in whole numbers. */
function probabilityBelow(
  rank: number,
  { count, tenths }: { readonly count: number; readonly tenths: number },
): number {
  let [choose, sum] = [1n, 0n];
  for (let k = 0; k < rank; k++) {
    sum += choose * BigInt(tenths) ** BigInt(k) * BigInt(10 - tenths) ** BigInt(count - k);
    choose = (choose * BigInt(count - k)) / BigInt(k + 1);
  }
  return Number((sum * 10n ** 15n) / 10n ** BigInt(count)) / 1e15;
}
