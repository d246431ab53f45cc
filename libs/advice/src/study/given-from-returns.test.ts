import { givenFromReturns } from './given-from-returns.ts';

const returns = {
  factors: ['ETH'],
  horizonSeconds: 3_600,
  stepSeconds: 3_600,
  starts: [0, 3_600, 7_200],
  rows: [0.01, -0.01, 0.03].map((value) => Float64Array.of(value)),
  lacking: new Map(),
};

describe('givenFromReturns', () => {
  it('scales the deviation of windows to a day', () => {
    const [realised, hourly] = givenFromReturns(returns, 'a test');
    // Deviations −0, −0.02 and 0.02 from the mean of 0.01: √(0.0008 ÷ 2) = 0.02, × √24.
    expect(realised).toEqual({
      name: 'realised-volatility',
      of: 'ETH',
      value: expect.closeTo(0.02 * Math.sqrt(24), 12),
      source: 'a test',
      asOf: 10_800,
    });
    expect(hourly).toMatchObject({ name: 'hourly-returns', value: [0.01, -0.01, 0.03] });
  });

  it('has no hourly returns of other windows, and nothing of a single one', () => {
    expect(givenFromReturns({ ...returns, stepSeconds: 60 }, '')).toHaveLength(1);
    expect(givenFromReturns({ ...returns, rows: returns.rows.slice(0, 1) }, '')).toEqual([]);
  });
});
