import { garchReturns } from '../fixtures/garch-returns.ts';
import { MARK_POUND_RETURNS } from '../fixtures/mark-pound-returns.ts';
import { studentTPlan as drawn } from '../fixtures/plans.ts';
import { readPlan } from '../plan/plan-schema.ts';
import { openStudentT } from '../plan/student-t.ts';
import type { FilteredModel, StudentTModel } from '../plan/plan.ts';
import { covarianceOf } from './covariance.ts';
import { filteredPlan, historicalPlan, studentTPlan } from './estimated-plans.ts';
import type { JointReturns } from './joint-returns.ts';
import { logGamma } from './log-gamma.ts';
import { fitGarch, garchCost } from './volatility.ts';

const joint = (rows: readonly Float64Array[], factors = ['ETH', 'CRV']): JointReturns => ({
  factors,
  horizonSeconds: 86_400,
  stepSeconds: 86_400,
  starts: rows.map((_, at) => at * 86_400),
  rows,
  lacking: new Map(),
});

const model = drawn.model as StudentTModel;
const draw = openStudentT(model);
const rows = Array.from({ length: 4_000 }, (_, index) => draw({ seed: 3, index }));

describe('studentTPlan', () => {
  it('finds again what it was drawn from', () => {
    const plan = studentTPlan(joint(rows), { count: 10, seed: 1 });
    const found = plan.model as StudentTModel;
    expect(found.degreesOfFreedom).toBeGreaterThan(4);
    expect(found.degreesOfFreedom).toBeLessThan(6.5);
    expect(found.covariance[0]![1]! / 0.03).toBeCloseTo(1, 0);
    expect(found.covariance[1]![0]).toBe(found.covariance[0]![1]);
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    const given = studentTPlan(joint(rows), { count: 10, seed: 1, degreesOfFreedom: 30 });
    expect(given.model).toMatchObject({ degreesOfFreedom: 30 });
  });

  it('knows that normal tails are no fat ones', () => {
    const drawNormal = openStudentT({ ...model, degreesOfFreedom: 1e6 });
    const normal = Array.from({ length: 2_000 }, (_, index) => drawNormal({ seed: 5, index }));
    const { degreesOfFreedom } = studentTPlan(joint(normal), { count: 1, seed: 1 }).model as StudentTModel;
    expect(degreesOfFreedom).toBeGreaterThan(25);
  });

  it('refuses too few windows', () => {
    expect(() => studentTPlan(joint(rows.slice(0, 14)), { count: 1, seed: 1 })).toThrow(
      '14 windows are too few for 2 factors: it takes 15',
    );
  });
});

describe('covarianceOf', () => {
  it('is the sample covariance', () => {
    const three = [Float64Array.of(1, 2), Float64Array.of(2, 4), Float64Array.of(6, 3)];
    expect(covarianceOf(three)).toEqual([
      [7, expect.closeTo(0.5, 12)],
      [expect.closeTo(0.5, 12), 1],
    ]);
  });
});

describe('logGamma', () => {
  it('is that of factorials and halves', () => {
    expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(logGamma(0.25)).toBeCloseTo(1.2880225246980775, 12);
  });
});

describe('historicalPlan', () => {
  it('is its windows', () => {
    const plan = historicalPlan(joint(rows.slice(0, 3)), { depthFactor: 0.5 });
    expect(plan.windows.map(({ start }) => start)).toEqual([0, 86_400, 172_800]);
    expect(plan.windows[2]!.logReturns[0]).toBeCloseTo(rows[2]![0]!, 8);
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });
});

describe('filteredPlan', () => {
  it('finds the GARCH that fits best, as scipy does', () => {
    // scipy 1.17.1, minimize(method='Nelder-Mead') of the same likelihood over the same 3,000 returns.
    const found = fitGarch(garchReturns({ count: 3_000, omega: 1e-5, alpha: 0.1, beta: 0.85 }));
    expect(found.omega * 1e5).toBeCloseTo(1.6104736, 4);
    expect(found.alpha).toBeCloseTo(0.14154694, 6);
    expect(found.beta).toBeCloseTo(0.7918933, 6);
  });

  it('finds the GARCH of the published benchmark, to its six digits', () => {
    // McCullough and Renfro, "Benchmarks and software standards: a case study of GARCH procedures" (1999): −0.00619041, 0.0107613,
    // 0.153134, 0.805974 and −1106.60788. Which mean is best is looked for around theirs: the fit itself takes returns of mean 0.
    const MEAN = -0.00619041;
    const costAt = (mean: number) => {
      const returns = MARK_POUND_RETURNS.map((value) => value - mean);
      const whole = returns.reduce((sum, value) => sum + value * value, 0) / returns.length;
      const terms = fitGarch(returns);
      return { terms, cost: garchCost(returns, terms, whole) };
    };
    const { terms, cost } = costAt(MEAN);
    expect(terms.omega).toBeCloseTo(0.0107613, 6);
    expect(terms.alpha).toBeCloseTo(0.153134, 6);
    expect(terms.beta).toBeCloseTo(0.805974, 6);
    const count = MARK_POUND_RETURNS.length;
    expect(count).toBe(1_974);
    expect(-(cost + count * Math.log(2 * Math.PI)) / 2).toBeCloseTo(-1106.60788, 5);
    expect(costAt(MEAN - 1e-4).cost).toBeGreaterThan(cost);
    expect(costAt(MEAN + 1e-4).cost).toBeGreaterThan(cost);
  });

  it('takes the volatility of the end, and residuals that are alike all along', () => {
    const calm = garchReturns({ count: 400, omega: 1e-4, alpha: 0, beta: 0 });
    const wild = calm.map((value, at) => value * (at < 200 ? 1 : 5));
    const both = Array.from({ length: 400 }, (_, at) => Float64Array.of(calm[at]!, wild[at]!));
    const asked = { count: 9, seed: 1, steps: 5, filter: { kind: 'ewma', lambda: 0.94 } } as const;
    const plan = filteredPlan(joint(both), asked);
    const { filters, residuals, steps } = plan.model as FilteredModel;
    expect(filters[0]).toMatchObject({ omega: 0, alpha: expect.closeTo(0.06, 12), beta: 0.94 });
    expect(Math.sqrt(filters[1]!.variance / filters[0]!.variance)).toBeCloseTo(5, 0);
    const deviation = (from: number, to: number) =>
      Math.sqrt(residuals.slice(from, to).reduce((sum, row) => sum + row[1]! ** 2, 0) / (to - from));
    expect(deviation(60, 190) / deviation(260, 390)).toBeCloseTo(1, 0);
    expect([steps, residuals.length]).toEqual([5, 400]);
    expect(readPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it('refuses what does not move, and returns over several steps', () => {
    const still = rows.slice(0, 20).map((row) => Float64Array.of(row[0]!, 0));
    const asked = { count: 9, seed: 1, steps: 5, filter: { kind: 'garch' } } as const;
    expect(() => filteredPlan(joint(still), asked)).toThrow('CRV does not move');
    expect(() => filteredPlan({ ...joint(rows), horizonSeconds: 172_800 }, asked)).toThrow('of one step');
    for (const lambda of [0, 1, 2])
      expect(() => filteredPlan(joint(rows), { ...asked, filter: { kind: 'ewma', lambda } })).toThrow(
        `between 0 and 1, such as 0.94 for days, but is ${lambda}`,
      );
  });
});
