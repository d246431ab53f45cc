import { garchReturns } from '../../../sweep/src/fixtures/garch-returns.ts';
import { oneStepAhead, type ForecastChoice } from './one-step-ahead.ts';
import { procyclicality } from './procyclicality.ts';
import { SortedWindow } from './sorted-window.ts';
import { zoneBounds, zoneOf } from './traffic-light.ts';
import { varBacktest } from './var-backtest.ts';

describe('zoneBounds', () => {
  it('are those of the Basel Committee: 250 days at 99 %', () => {
    const bounds = zoneBounds({ count: 250, level: 0.99 });
    expect(bounds).toEqual({ yellowFrom: 5, redFrom: 10 });
    const zones = Array.from({ length: 12 }, (_, exceptions) => zoneOf(exceptions, bounds));
    expect(zones).toEqual([...Array(5).fill('green'), ...Array(5).fill('yellow'), 'red', 'red']);
  });

  it('are there for other levels and windows', () => {
    // scipy 1.17.1: the least k with binom.cdf(k, n, p) at or above 0.95 and 0.9999.
    expect(zoneBounds({ count: 250, level: 0.975 })).toEqual({ yellowFrom: 11, redFrom: 17 });
    expect(zoneBounds({ count: 1_000, level: 0.99 })).toEqual({ yellowFrom: 15, redFrom: 24 });
    expect(zoneBounds({ count: 100_000, level: 0.99 })).toEqual({ yellowFrom: 1_052, redFrom: 1_119 });
    expect(() => zoneBounds({ count: 2.5, level: 0.99 })).toThrow('whole number of steps');
    expect(() => zoneBounds({ count: 250, level: 0 })).toThrow('between 0 and 1');
  });
});

describe('procyclicality', () => {
  it('is peak to trough, and the largest rise within some steps', () => {
    const margins = [10, 8, 9, 12, 24, 6, 7];
    expect(procyclicality(margins, { steps: 1 })).toEqual({
      peakToTrough: 4,
      largestRise: 1,
      at: 4,
      steps: 1,
    });
    expect(procyclicality(margins, { steps: 3 })).toMatchObject({ largestRise: 2, at: 4 });
    expect(procyclicality([3, 2, 1], { steps: 5 })).toMatchObject({ largestRise: 0, at: undefined });
    expect(() => procyclicality([1, 0], { steps: 1 })).toThrow('that of step 1 is 0');
    expect(() => procyclicality([], { steps: 1 })).toThrow('no margin');
    expect(() => procyclicality([1], { steps: 0.5 })).toThrow('whole steps');
  });
});

describe('SortedWindow', () => {
  it('has the last values in order, equal ones too', () => {
    const window = new SortedWindow(4);
    const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 5, 5, 8];
    for (const [at, value] of values.entries()) {
      window.push(value);
      if (at < 3) {
        expect(window.isFull).toBe(false);
        continue;
      }
      const last = values.slice(at - 3, at + 1).sort((a, b) => a - b);
      expect([1, 2, 3, 4].map((rank) => window.ofRank(rank))).toEqual(last);
    }
  });
});

describe('oneStepAhead', () => {
  const wanted: ForecastChoice = {
    level: 0.95,
    filter: { kind: 'ewma', lambda: 0.9 },
    memory: 60,
    start: 40,
  };

  it('uses nothing that is not known one step before', () => {
    const returns = garchReturns({ count: 300, omega: 1e-5, alpha: 0.1, beta: 0.85 });
    const whole = oneStepAhead(returns, wanted);
    expect([whole.from, whole.losses.length]).toEqual([100, 200]);
    expect(whole.losses[0]).toBeCloseTo(1 - Math.exp(returns[100]!), 12);
    for (const at of [100, 180, 299]) {
      // Whatever comes at the step itself and later, what was said for it stays.
      const changed = returns.map((value, place) => (place >= at ? 0.3 : value));
      expect(oneStepAhead(changed, wanted).valueAtRisk[at - 100]).toBe(whole.valueAtRisk[at - 100]);
    }
    const garch = { ...wanted, filter: { kind: 'garch' }, refitEvery: 30 } as const;
    const told = oneStepAhead(returns, garch).valueAtRisk;
    const cut = oneStepAhead(returns.subarray(0, 200), garch).valueAtRisk;
    expect(cut).toEqual(told.subarray(0, 100));
  });

  it('covers what it says, where returns change their volatility and plain history does not', () => {
    const returns = garchReturns({ count: 6_000, omega: 2e-6, alpha: 0.12, beta: 0.86 });
    const of = (filter: ForecastChoice['filter']) =>
      varBacktest(oneStepAhead(returns, { level: 0.99, filter, memory: 500 }));
    const ewma = of({ kind: 'ewma', lambda: 0.94 });
    expect(ewma.count).toBe(5_400);
    expect(ewma.proportionOfFailures.pValue).toBeGreaterThan(0.05);
    expect(ewma.independence.pValue).toBeGreaterThan(0.05);
    expect(ewma.trafficLight.zone).toBe('green');
    const plain = of({ kind: 'none' });
    expect(plain.conditionalCoverage.pValue).toBeLessThan(0.01);
    // The price of following: what must be put up rises and falls more.
    expect(ewma.procyclicality.peakToTrough).toBeGreaterThan(plain.procyclicality.peakToTrough);
    expect(ewma.procyclicality.largestRise).toBeGreaterThan(plain.procyclicality.largestRise);
  });

  it('refuses what cannot be forecast', () => {
    const returns = garchReturns({ count: 90, omega: 1e-4, alpha: 0, beta: 0 });
    expect(() => oneStepAhead(returns, wanted)).toThrow('the first forecast takes 100 before it');
    expect(() => oneStepAhead(returns, { ...wanted, level: 0.99 })).toThrow(
      'a memory of 60 steps says nothing of one in 100: it takes 99 or more',
    );
    expect(() => oneStepAhead(returns, { ...wanted, level: 1 })).toThrow('between 0 and 1');
    expect(() =>
      oneStepAhead(returns, { ...wanted, filter: { kind: 'ewma', lambda: 1 }, memory: 20 }),
    ).toThrow('lambda must be between 0 and 1');
  });
});

describe('varBacktest', () => {
  const choice = { level: 0.9, filter: { kind: 'none' }, memory: 10 } as const;

  it('counts exceptions, the zones of windows, and how far beyond losses went', () => {
    const losses = Float64Array.from({ length: 40 }, (_, at) => (at < 10 && at % 2 === 0 ? 0.2 : 0));
    const valueAtRisk = new Float64Array(40).fill(0.1);
    const found = varBacktest({ losses, valueAtRisk, choice }, { window: 10, riseSteps: 2 });
    expect(found).toMatchObject({ count: 40, exceptions: 5, meanValueAtRisk: expect.closeTo(0.1, 12) });
    expect(found.meanExcess).toBeCloseTo(2, 12);
    expect(found.trafficLight.window).toEqual({ yellowFrom: 3, redFrom: 6, steps: 10 });
    // Five in the first window, then one less every second step.
    expect(found.trafficLight.windows).toEqual({ green: 26, yellow: 5, red: 0 });
    expect(found.procyclicality).toMatchObject({ peakToTrough: 1, largestRise: 0 });
  });

  it('says nothing of no forecast, nor of losses without an exception', () => {
    const none = new Float64Array(0);
    expect(() => varBacktest({ losses: none, valueAtRisk: none, choice })).toThrow('no forecast to test');
    const calm = { losses: new Float64Array(5), valueAtRisk: new Float64Array(5).fill(1), choice };
    expect(varBacktest(calm).meanExcess).toBeUndefined();
    expect(varBacktest(calm).trafficLight.windows).toEqual({ green: 0, yellow: 0, red: 0 });
  });
});
