import fc from 'fast-check';
import { walkedPrices, withPrices } from '../fixtures/walked-prices.ts';
import { adviceBacktest, type AdviceBacktest } from './advice-backtest.ts';
import { backtestText, backtestWords } from './backtest-text.ts';
import { lineHeld } from './line-held.ts';
import { marginLeft, standaloneThreshold, type StandaloneTerms } from './standalone-line.ts';
import { LINES } from './threshold-lines.ts';
import { windowsOf } from './windows.ts';

const DAY = 86_400;
const terms: StandaloneTerms = {
  confidence: 0.99,
  horizonSeconds: DAY,
  bonus: 0.05,
  slippage: { whole: 1.02, call: 1.01 },
  closeShare: 0.5,
};
const walk = walkedPrices(1_500);
const backtested = (table = walk, rest = {}) =>
  adviceBacktest({ table, symbol: 'COIN', terms, ...rest }) as AdviceBacktest;

describe('adviceBacktest', () => {
  const found = backtested();

  it('advises a threshold for each window, which holds as often as it should', () => {
    const [advised] = found.held;
    expect(found.times).toHaveLength(1_500 - 1 - 350);
    expect(found.from).toBe(DAY * 351);
    expect(advised).toMatchObject({ name: 'advised', dates: 1_149, zone: 'green' });
    expect(advised!.exceptions).toBeGreaterThan(3);
    expect(advised!.kupiec.pValue).toBeGreaterThan(0.05);
    expect(found.lines.map(({ name }) => name)).toEqual(LINES);
    // A table of days has no hours to take excursions of.
    expect(found.without).toEqual(['excursions']);
  });

  it('is never above the line without buffers where there is one, and moves less', () => {
    const [advised, ...others] = found.lines;
    for (const { name, thresholds } of others.filter((one) => one.name.startsWith('advised')))
      for (const [at, value] of thresholds.entries())
        if (value > advised!.thresholds[at]! + 1e-12) throw new Error(`${name} is above it at ${at}`);
    const heldOf = (name: string) => found.held.find((one) => one.name === name)!;
    for (const name of ['advised, buffer', 'advised, floor'])
      expect(heldOf(name).largestCut).toBeLessThan(heldOf('advised').largestCut);
    expect(heldOf('first held')).toMatchObject({ largestCut: 0, peakToTrough: 1, largestCutAt: undefined });
  });

  it('looks at nothing after a date: other prices later change no threshold up to it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: found.times.length - 1 }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        (place, times) => {
          // The window of this date begins with the price at 350 + place, the last that is known.
          const changed = backtested(
            withPrices(walk, (price, at) => (at > 350 + place ? price * times : price)),
          );
          for (const [line, { thresholds }] of found.lines.entries())
            expect(changed.lines[line]!.thresholds.subarray(0, place + 1)).toEqual(
              thresholds.subarray(0, place + 1),
            );
        },
      ),
      { numRuns: 12 },
    );
  });

  it('advises for the next window what it advises when that has come', () => {
    const shorter = walkedPrices(1_000);
    const place = 1_000 - 1 - 350;
    expect(backtested(shorter).present).toBe(found.lines[0]!.thresholds[place]);
  });

  it('looks at nothing after a date in hours either, where excursions are taken', () => {
    const hours = walkedPrices(3_000, 3_600);
    const choice = { memory: 100, start: 10 };
    const whole = backtested(hours, { choice });
    const last = whole.times.length - 1;
    const known = (whole.times[last]! - hours.start) / 3_600;
    const changed = backtested(
      withPrices(hours, (price, at) => (at > known ? price / 3 : price)),
      { choice },
    );
    expect(changed.lines.map(({ thresholds }) => thresholds)).toEqual(
      whole.lines.map(({ thresholds }) => thresholds),
    );
    expect(whole.held.map(({ name }) => name)).toContain('excursions');
    expect(changed.held[0]!.exceptions).toBe(whole.held[0]!.exceptions + 1);
  });

  it('holds what was set against the same windows, from when it was set', () => {
    const set = {
      venue: [
        { time: found.times[100]!, threshold: 0.8 },
        { time: found.times[200]!, threshold: 0.97 },
      ],
    };
    const line = backtested(walk, { set }).held.at(-1)!;
    expect(line).toMatchObject({ name: 'venue', dates: 1_049, least: 0.8, greatest: 0.97 });
    // 0.97 × 1.05 × 1.02 is above 1: what is liquidated leaves bad debt unless the price rises.
    expect(line.coverage).toBeLessThan(0.6);
  });

  it('says why there is none', () => {
    expect(backtested(walkedPrices(300))).toMatchObject({
      kind: 'no-backtest',
      why: 'the history has 299 windows, and the first advice takes 350 before it',
    });
    expect(backtested(walkedPrices(351))).toMatchObject({
      why: expect.stringContaining('no window of COIN came'),
    });
    const still = withPrices(walk, () => 1);
    expect(backtested(still)).toMatchObject({ why: expect.stringContaining('no volatility to go by') });
    expect(backtestText(backtested(still))).toContain('was not backtested: the price did not move');
  });

  it('refuses terms and tables that are none', () => {
    expect(() => adviceBacktest({ table: walk, symbol: 'ETH', terms })).toThrow('the table has COIN');
    expect(() => backtested(walk, { terms: { ...terms, horizonSeconds: 3_600 } })).toThrow('whole steps');
    expect(() => backtested(walk, { terms: { ...terms, confidence: 1 } })).toThrow('between 0 and 1');
    // One in a thousand takes 999 windows and the 100 before them.
    const rare = backtested(walk, { terms: { ...terms, confidence: 0.999 } });
    expect([rare.choice.memory, rare.times.length]).toEqual([999, 1_499 - 1_099]);
    expect(() => backtested(walk, { choice: { memory: 90 } })).toThrow('99 or more');
  });

  it('can be read: what was found, what the tests say, what was stated', () => {
    const [what, tests, cost, stated] = backtestWords(found);
    expect(what).toContain(
      'of COIN at 99.0 % over 1 day, advised again for each of 1149 windows from 1970-12-18',
    );
    expect(tests).toContain('does not reject it');
    expect(cost).toMatch(/^It let \d\d\.\d % be borrowed on average/);
    expect(stated).toContain('a bonus of 5.0 %, slippage of 2.0 %');
    expect(
      backtestText(found)
        .split('\n')
        .slice(-8)
        .map((row) => row.split('  ')[0]),
    ).toEqual(['line', ...LINES.slice(0, 6), 'excursions: no threshold at any date.']);
  });
});

describe('windowsOf', () => {
  it('begin at whole multiples of the horizon, and are left out without a price at both ends', () => {
    const prices = new Map([['A', Float64Array.of(9, 8, 10, 5, 20, NaN, 1, 1, 2)]]);
    const windows = windowsOf({ start: 3, stepSeconds: 1, length: 9, prices }, 'A', 2);
    expect(windows.starts).toEqual([4]);
    expect([...windows.lowest]).toEqual([0.625]);
    expect(windows.logReturns[0]).toBeCloseTo(Math.log(5 / 8), 12);
    expect(windows.leftOut).toBe(2);
  });
});

describe('standaloneThreshold', () => {
  it('leaves room for just the fall that it is made of, where covering binds', () => {
    const threshold = standaloneThreshold(0.1, terms);
    expect(threshold).toBeCloseTo(0.9 / 1.05 / 1.02, 12);
    expect(marginLeft(threshold, terms)).toBeCloseTo(0.1, 12);
    expect(() => standaloneThreshold(1, terms)).toThrow('below 1');
  });

  it('counts a fall beyond the margin as an exception, and a fall to it as none', () => {
    const starts = [0, 1, 2].map((day) => day * DAY);
    const returns = [0.09, 0.11, 0.05].map((fall) => Math.log(1 - fall));
    const windows = {
      starts,
      logReturns: Float64Array.from(returns),
      lowest: Float64Array.of(0.85, 0.89, 0.95),
      leftOut: 0,
      horizonSeconds: DAY,
    };
    const thresholds = new Float64Array(3).fill(standaloneThreshold(0.1, terms));
    expect(lineHeld({ name: 'x', thresholds }, { windows, from: 0, terms })).toMatchObject({
      dates: 3,
      exceptions: 1,
      exceededWithin: 2,
      exceeded: [
        { time: 0, fall: expect.closeTo(0.09, 9), deepest: expect.closeTo(0.15, 9) },
        { time: DAY, fall: expect.closeTo(0.11, 9), margin: expect.closeTo(0.1, 9) },
      ],
    });
    expect(
      lineHeld({ name: 'x', thresholds: thresholds.fill(NaN) }, { windows, from: 0, terms }),
    ).toBeUndefined();
  });
});
