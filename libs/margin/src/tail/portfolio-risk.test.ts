import fc from 'fast-check';
import { garchReturns } from '../../../sweep/src/fixtures/garch-returns.ts';
import { filtered, type JointReturns } from '@undertow/sweep';
import {
  drawnScenarios,
  filteredScenarios,
  historicalScenarios,
  type JointScenarios,
} from './joint-scenarios.ts';
import { holdingsPortfolio } from './portfolio.ts';
import { portfolioRisk } from './portfolio-risk.ts';

const joint = (rows: readonly (readonly number[])[], factors = ['BTC', 'ETH']): JointReturns => ({
  factors,
  horizonSeconds: 86_400,
  stepSeconds: 86_400,
  starts: rows.map((_, at) => at * 86_400),
  rows: rows.map((row) => Float64Array.from(row)),
  lacking: new Map(),
});

/** Daily returns of two coins that move together by 0.8, each by 1 % a day. */
const calm = garchReturns({ count: 1_001, omega: 1e-4, alpha: 0, beta: 0 });
const pair = joint(
  Array.from({ length: 1_000 }, (_, at) => [calm[at]!, 0.8 * calm[at]! + 0.6 * calm[at + 1]!]),
);

describe('historical scenarios', () => {
  it('are the windows as they were, and count overlapping ones once', () => {
    const ten = Array.from({ length: 10 }, (_, at) => [Math.log1p(-at / 100), 0]);
    const scenarios = historicalScenarios({ ...joint(ten), horizonSeconds: 5 * 86_400 });
    expect(scenarios).toMatchObject({ method: 'historical', independent: 2, horizonSeconds: 432_000 });
    const risk = portfolioRisk(holdingsPortfolio({ BTC: 1_000, ETH: 500 }), scenarios, { level: 0.8 });
    // Losses of 0, 10, … 90: the eighth smallest, and the mean of the last two.
    expect(risk.valueAtRiskUsd).toBeCloseTo(70, 4);
    expect(risk.expectedShortfallUsd).toBeCloseTo(85, 4);
    expect(risk.contributions.map(({ part }) => part)).toEqual(['BTC', 'ETH']);
    expect(risk.contributions[1]).toMatchObject({
      valueAtRiskUsd: expect.closeTo(0, 9),
      expectedShortfallUsd: 0,
    });
  });
});

describe('filtered scenarios', () => {
  const filter = { kind: 'ewma', lambda: 0.94 } as const;

  it('are residuals of the past at the volatility of now, every one once', () => {
    const wild = pair.rows.map((row, at) => [...row].map((value) => value * (at < 500 ? 1 : 4)));
    const scenarios = filteredScenarios(joint(wild), { filter, count: 1, seed: 1 });
    expect(scenarios).toMatchObject({ method: 'ewma', independent: 1_000 });
    expect(scenarios.rows).toHaveLength(1_000);
    const column = Float64Array.from(wild, (row) => row[0]!);
    const mean = column.reduce((sum, value) => sum + value, 0) / 1_000;
    const { filter: now, residuals } = filtered(
      column.map((value) => value - mean),
      filter,
    );
    expect(scenarios.rows[7]![0]).toBeCloseTo(residuals[7]! * Math.sqrt(now.variance), 7);
    // The calm half of the past weighs as much as the wild one, and plain history would say less.
    const risk = (of: JointScenarios) =>
      portfolioRisk(holdingsPortfolio({ BTC: 1e6 }), of, { level: 0.95 }).valueAtRiskUsd;
    expect(risk(scenarios)).toBeGreaterThan(1.2 * risk(historicalScenarios(joint(wild))));
  });

  it('are drawn paths over several steps, worth no more than there is to draw from', () => {
    const wanted = { filter: { kind: 'garch' }, steps: 4, count: 3_000, seed: 9 } as const;
    const scenarios = filteredScenarios(pair, wanted);
    expect(scenarios).toMatchObject({ method: 'garch', independent: 1_000, horizonSeconds: 4 * 86_400 });
    const { deviationUsd } = portfolioRisk(holdingsPortfolio({ BTC: 100 }), scenarios, { level: 0.9 });
    // Four days of 1 % each.
    expect(deviationUsd / 2).toBeCloseTo(1, 0);
    expect(filteredScenarios(pair, wanted)).toEqual(scenarios);
  });
});

describe('drawn scenarios', () => {
  // So small that simple returns are log returns.
  const slow = joint(pair.rows.map((row) => [...row].map((value) => value / 1_000)));
  const risk = (distribution: 'normal' | 'student-t', degreesOfFreedom?: number) =>
    portfolioRisk(
      holdingsPortfolio({ BTC: 1, ETH: 1 }),
      drawnScenarios(slow, {
        distribution,
        count: 20_000,
        seed: 6,
        ...(degreesOfFreedom !== undefined && { degreesOfFreedom }),
      }),
      { level: 0.99 },
    );

  it('have the value at risk and the expected shortfall of the textbook, within their own intervals', () => {
    const normal = risk('normal');
    const sigma = normal.deviationUsd;
    // Standard normal: 2.326348 and φ(2.326348) ÷ 0.01 = 2.665214.
    expect(normal.valueAtRiskInterval.low!).toBeLessThan(2.326348 * sigma);
    expect(normal.valueAtRiskInterval.high!).toBeGreaterThan(2.326348 * sigma);
    expect(normal.expectedShortfallInterval.low!).toBeLessThan(2.665214 * sigma);
    expect(normal.expectedShortfallInterval.high!).toBeGreaterThan(2.665214 * sigma);
    // Student-t of 5 degrees: 3.364930, and 4.452 as its mean beyond; × √(3 ÷ 5) at a deviation of 1.
    const student = risk('student-t', 5);
    const scale = student.deviationUsd * Math.sqrt(3 / 5);
    expect(student.valueAtRiskUsd / scale).toBeCloseTo(3.36493, 0);
    expect(student.expectedShortfallUsd / scale).toBeCloseTo(4.4524, 0);
    expect(student.expectedShortfallUsd).toBeGreaterThan(normal.expectedShortfallUsd);
  });

  it('refuse degrees of freedom of a normal distribution', () => {
    expect(() => risk('normal', 5)).toThrow('has no degrees of freedom');
  });
});

describe('portfolioRisk', () => {
  it('has contributions that add up to it, whatever is lost', () => {
    const row = fc.tuple(
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
      fc.double({ min: -0.5, max: 0.5, noNaN: true }),
    );
    const rows = fc.array(row, { minLength: 1, maxLength: 80 });
    const held = fc.tuple(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 }));
    fc.assert(
      fc.property(rows, held, fc.constantFrom(0.5, 0.9, 0.975, 0.99), (some, [btc, eth], level) => {
        const found = portfolioRisk(
          holdingsPortfolio({ BTC: btc, ETH: eth }),
          historicalScenarios(joint(some)),
          {
            level,
          },
        );
        const sum = (name: 'valueAtRiskUsd' | 'expectedShortfallUsd') =>
          found.contributions.reduce((all, one) => all + one[name], 0);
        expect(sum('valueAtRiskUsd')).toBeCloseTo(found.valueAtRiskUsd, 6);
        expect(sum('expectedShortfallUsd')).toBeCloseTo(found.expectedShortfallUsd, 6);
        expect(found.expectedShortfallUsd).toBeGreaterThanOrEqual(found.valueAtRiskUsd - 1e-9);
      }),
    );
  });

  it('says what a part would be alone, and what a hedge takes off', () => {
    const scenarios = historicalScenarios(pair);
    const hedged = portfolioRisk(holdingsPortfolio({ BTC: 1_000, ETH: -900 }), scenarios, { level: 0.99 });
    const [btc, eth] = hedged.contributions;
    expect(hedged.valueAtRiskUsd).toBeLessThan(0.8 * btc!.aloneUsd.valueAtRisk);
    expect(btc!.expectedShortfallUsd).toBeLessThan(btc!.aloneUsd.expectedShortfall);
    expect(eth!.expectedShortfallUsd).toBeLessThan(eth!.aloneUsd.expectedShortfall);
  });

  it('refuses a level that is none, and a factor that nobody knows', () => {
    const scenarios = historicalScenarios(pair);
    expect(() => portfolioRisk(holdingsPortfolio({ BTC: 1 }), scenarios, { level: 1 })).toThrow(
      'between 0 and 1',
    );
    expect(() => portfolioRisk(holdingsPortfolio({ SOL: 1 }), scenarios, { level: 0.9 })).toThrow(
      'the scenarios say nothing of SOL: give prices of it; they move BTC, ETH',
    );
    expect(() => holdingsPortfolio({})).toThrow('holds nothing');
    expect(() => holdingsPortfolio({ BTC: NaN })).toThrow('the value of BTC must be a number');
  });
});
