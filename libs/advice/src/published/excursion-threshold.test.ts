import { excursionThreshold, leastWindows } from './excursion-threshold.ts';

/** Falls of 0.01 %, 0.02 %, … of as many windows. */
const falls = (count: number) => Array.from({ length: count }, (_, at) => Math.log(1 - (at + 1) / 1e4));

describe('excursionThreshold', () => {
  it('covers all but one window of a thousand', () => {
    const found = excursionThreshold(falls(1_000))!;
    expect(found.fall).toBeCloseTo(0.0999, 12);
    expect(found.threshold).toBeCloseTo(0.9001, 12);
    expect([found.windows, found.rank]).toEqual([1_000, 2]);
  });

  it('leaves out at most the share of windows that it says, whatever they are', () => {
    const returns = falls(2_500).map((value, at) => (at % 3 === 0 ? -value : value));
    const { fall } = excursionThreshold(returns, 0.99)!;
    const worse = returns.filter((value) => 1 - Math.exp(value) > fall);
    expect(worse.length).toBeLessThanOrEqual(25);
  });

  it('gives no number where there is too little history', () => {
    expect(leastWindows(0.999)).toBe(1_000);
    expect(excursionThreshold(falls(999))).toBeUndefined();
    expect(excursionThreshold([])).toBeUndefined();
  });

  it('is the whole price where nothing falls', () => {
    expect(excursionThreshold(new Float64Array(1_000))!.threshold).toBe(1);
  });

  it('refuses what is no level', () => {
    expect(() => excursionThreshold(falls(10), 1)).toThrow('a level must be between 0 and 1');
  });
});
