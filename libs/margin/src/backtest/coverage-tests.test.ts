import { chiSquaredAbove } from './chi-squared.ts';
import { coverageTests, independenceOf, proportionOfFailures, transitionsOf } from './coverage-tests.ts';

describe('chiSquaredAbove', () => {
  it.each([
    // Tables of the distribution: 5 %, 1 % and 0.1 % of each.
    [3.841458820694124, 1, 0.05],
    [6.6348966010212145, 1, 0.01],
    [10.827566170662733, 1, 0.001],
    [5.991464547107979, 2, 0.05],
    [9.21034037197618, 2, 0.01],
    // scipy 1.17.1, stats.chi2.sf.
    [0.01, 1, 0.920344325445942],
    [4.9, 1, 0.02685669550752441],
    [5.1, 1, 0.02392584348062659],
    [60, 1, 9.485737571073857e-15],
  ] as const)('is the probability of more than %f with %i', (x, degreesOfFreedom, probability) => {
    expect(chiSquaredAbove(x, degreesOfFreedom) / probability).toBeCloseTo(1, 9);
  });

  it('is 1 where nothing speaks against it', () => {
    expect([chiSquaredAbove(0, 1), chiSquaredAbove(-1, 2)]).toEqual([1, 1]);
  });
});

describe('proportionOfFailures', () => {
  it.each([
    // Kupiec (1995), table 3: not rejected at 5 % between these numbers of failures, ends excluded.
    [0.99, 255, undefined, 7],
    [0.99, 510, 1, 11],
    [0.99, 1_000, 4, 17],
    [0.975, 255, 2, 12],
    [0.975, 510, 6, 21],
    [0.975, 1_000, 15, 36],
    [0.95, 255, 6, 21],
    [0.95, 510, 16, 36],
    [0.95, 1_000, 37, 65],
    [0.925, 255, 11, 28],
    [0.925, 510, 27, 51],
    [0.925, 1_000, 59, 92],
    [0.9, 255, 16, 36],
    [0.9, 510, 38, 65],
    [0.9, 1_000, 81, 120],
  ])('at %f of %i steps is not rejected between %p and %i failures', (level, count, low, high) => {
    const isKept = (exceptions: number) => proportionOfFailures({ count, exceptions, level }).pValue >= 0.05;
    if (low !== undefined) expect([isKept(low), isKept(low + 1)]).toEqual([false, true]);
    expect([isKept(high - 1), isKept(high)]).toEqual([true, false]);
  });

  it('gives published statistics', () => {
    // A table of the R package rugarch: 224 steps at 1 %, 5 and 7 exceptions.
    const of = (exceptions: number) => proportionOfFailures({ count: 224, exceptions, level: 0.99 });
    expect(of(5).statistic).toBeCloseTo(2.544, 3);
    expect(of(5).pValue).toBeCloseTo(0.111, 3);
    expect(of(7).statistic).toBeCloseTo(6.535, 3);
    expect(of(7).pValue).toBeCloseTo(0.011, 3);
  });

  it('knows the ends: no exception, and nothing else', () => {
    expect(proportionOfFailures({ count: 100, exceptions: 0, level: 0.99 }).statistic).toBeCloseTo(
      -200 * Math.log(0.99),
      9,
    );
    expect(proportionOfFailures({ count: 3, exceptions: 3, level: 0.5 }).statistic).toBeCloseTo(
      6 * Math.log(2),
      9,
    );
    expect(proportionOfFailures({ count: 100, exceptions: 1, level: 0.99 }).statistic).toBeCloseTo(0, 9);
    expect(() => proportionOfFailures({ count: 0, exceptions: 0, level: 0.99 })).toThrow('no step to test');
    expect(() => proportionOfFailures({ count: 1, exceptions: 0, level: 99 })).toThrow('between 0 and 1');
  });
});

describe('independence and conditional coverage', () => {
  it('give the numbers of the textbook', () => {
    // Jorion, "Value at risk" (3rd edition), section 6.3.3: 252 days, 20 exceptions, 6 of them on the day after one: 3.91, 9.53, 13.44.
    const { statistic, pValue } = independenceOf({ from0to0: 218, from0to1: 14, from1to0: 14, from1to1: 6 });
    expect(statistic).toBeCloseTo(9.53, 2);
    expect(pValue).toBeLessThan(0.005);
    const proportion = proportionOfFailures({ count: 252, exceptions: 20, level: 0.95 });
    expect(proportion.statistic).toBeCloseTo(3.91, 2);
    expect(proportion.statistic + statistic).toBeCloseTo(13.44, 2);
  });

  it('tell clusters from scattered exceptions', () => {
    const steps = (isException: (at: number) => boolean) =>
      Array.from({ length: 500 }, (_, at) => isException(at));
    const scattered = coverageTests(
      steps((at) => at % 100 === 50),
      { level: 0.99 },
    );
    const clustered = coverageTests(
      steps((at) => at >= 200 && at < 205),
      { level: 0.99 },
    );
    expect([scattered.exceptions, clustered.exceptions]).toEqual([5, 5]);
    expect(scattered.expected).toBeCloseTo(5, 9);
    expect(scattered.proportionOfFailures.pValue).toBeCloseTo(1, 9);
    expect(scattered.independence.pValue).toBeGreaterThan(0.5);
    expect(clustered.independence.pValue).toBeLessThan(1e-6);
    expect(clustered.conditionalCoverage.statistic).toBeCloseTo(clustered.independence.statistic, 6);
  });

  it('have nothing to say of a series without exceptions, or with one at its end', () => {
    expect(transitionsOf([])).toEqual({ from0to0: 0, from0to1: 0, from1to0: 0, from1to1: 0 });
    for (const series of [[false], [false, false], [true, true]])
      expect(coverageTests(series, { level: 0.9 }).independence).toEqual({ statistic: 0, pValue: 1 });
    expect(transitionsOf([true, true, false, false, true])).toEqual({
      from0to0: 1,
      from0to1: 1,
      from1to0: 1,
      from1to1: 1,
    });
  });
});
