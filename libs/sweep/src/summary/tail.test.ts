import fc from 'fast-check';
import { uniformAt } from '../random/draws.ts';
import { atRisk, tailWeights, weighted } from './tail.ts';

const risk = (values: readonly number[], level: number, independent: number | undefined = values.length) =>
  atRisk(Float64Array.from(values).sort(), { level, independent });

describe('atRisk', () => {
  it('takes the order statistic, and the mean of the worst', () => {
    const values = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(risk(values, 0.95)).toMatchObject({ valueAtRisk: 95, expectedShortfall: 98 });
    // Of ten values the worst 15 % are one and a half of them.
    const ten = values.slice(0, 10);
    expect(risk(ten, 0.85).valueAtRisk).toBe(9);
    expect(risk(ten, 0.85).expectedShortfall).toBeCloseTo((10 + 0.5 * 9) / 1.5, 12);
    expect(risk([3, 3, 3], 0.5)).toMatchObject({ valueAtRisk: 3, expectedShortfall: 3 });
  });

  it('knows no interval of what is no sample, and no end that a sample is too small for', () => {
    const grid = atRisk(Float64Array.of(1, 2), { level: 0.5, independent: undefined });
    expect([grid.interval, grid.shortfallInterval]).toEqual([undefined, undefined]);
    const small = risk([1, 2, 3, 4, 5], 0.99);
    expect(small.interval).toEqual({ low: expect.any(Number), high: undefined });
    expect(small.shortfallInterval).toEqual({ low: undefined, high: undefined });
  });

  it('widens the intervals of windows that overlap', () => {
    const values = Array.from({ length: 1_000 }, (_, i) => i);
    const [free, bound] = [risk(values, 0.9), risk(values, 0.9, 100)];
    expect(bound.interval!.low!).toBeLessThan(free.interval!.low! - 10);
    expect(bound.interval!.high!).toBeGreaterThan(free.interval!.high! + 10);
    const width = ({ low, high }: { low: number | undefined; high: number | undefined }) => high! - low!;
    expect(width(bound.shortfallInterval!) / width(free.shortfallInterval!)).toBeCloseTo(Math.sqrt(10), 6);
  });

  it('covers what is known of exponential numbers about as often as it says', () => {
    // VaR = −ln(1 − level), ES = VaR + 1: closed forms. 95 % of 300 samples are 285 ± 4.
    const [level, count, samples] = [0.95, 400, 300];
    const truth = -Math.log(1 - level);
    const covered = { valueAtRisk: 0, shortfall: 0 };
    for (let sample = 0; sample < samples; sample++) {
      const values = Array.from(
        { length: count },
        (_, index) => -Math.log(uniformAt({ seed: sample, index, dimension: 0 })),
      );
      const { interval, shortfallInterval } = risk(values, level);
      covered.valueAtRisk += Number(interval!.low! <= truth && truth <= interval!.high!);
      covered.shortfall += Number(
        shortfallInterval!.low! <= truth + 1 && truth + 1 <= shortfallInterval!.high!,
      );
    }
    expect(covered.valueAtRisk / samples).toBeGreaterThan(0.92);
    expect(covered.shortfall / samples).toBeGreaterThan(0.87);
    expect(covered.shortfall / samples).toBeLessThan(0.98);
  });
});

describe('tailWeights', () => {
  const values = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 });
  const level = fc.constantFrom(0.5, 0.9, 0.95, 0.99);

  it('add up to 1 and give the expected shortfall, with ties or without', () => {
    fc.assert(
      fc.property(values, level, (some, at) => {
        const column = Float64Array.from(some);
        const weights = tailWeights(column, at);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
        expect(weighted(weights, column)).toBeCloseTo(risk(some, at).expectedShortfall, 9);
        expect(weights.every((weight) => weight >= 0)).toBe(true);
      }),
    );
  });
});
