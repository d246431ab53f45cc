import fc from 'fast-check';
import type { FlagRule } from './flag-rule.ts';
import { flagsOf, flagTracker } from './track-flags.ts';

const RULE: FlagRule = {
  kind: 'deviating',
  measure: 'deviation',
  bad: 'high',
  raiseAt: 2,
  criticalAt: 5,
  clearAt: 1,
  readings: 2,
};
const readings = (values: readonly (number | undefined)[]) =>
  values.map((deviation, time) => ({ time, values: deviation === undefined ? {} : { deviation } }));

describe('a flag', () => {
  it('is raised by two readings, keeps its worst, and is lowered by two', () => {
    expect(flagsOf(readings([0, 3, 0, 3, 4, 6, 1.5, 0.5, 1.5, 0.5, 0.5]), [RULE])).toEqual([
      {
        kind: 'deviating',
        severity: 'critical',
        start: 3,
        raisedAt: 4,
        end: 9,
        peak: 6,
        peakTime: 5,
      },
    ]);
  });

  it('stands while nobody knows, and while it is between the lines', () => {
    const [flag] = flagsOf(readings([3, 3, undefined, undefined, 1.5, 1.5, 1.5]), [RULE]);
    expect(flag).toMatchObject({ severity: 'warning', end: undefined });
  });

  it('of what waits ends when nothing waits any more', () => {
    const waiting = { ...RULE, readings: 1, endsWhenAbsent: true };
    const told = flagsOf(readings([undefined, 3, 6, undefined, undefined, 3]), [waiting]);
    expect(told).toMatchObject([
      { raisedAt: 1, end: 3, severity: 'critical' },
      { raisedAt: 5, end: undefined, severity: 'warning' },
    ]);
  });

  it('goes up where low is bad', () => {
    const low = { ...RULE, bad: 'low', raiseAt: 0.5, criticalAt: 0, clearAt: 1 } as const;
    expect(flagsOf(readings([2, 0.5, 0.4, -1, 1, 1.5, 1.5]), [low])).toMatchObject([
      { severity: 'critical', peak: -1, peakTime: 3, end: 5 },
    ]);
  });

  it('is told once when it is raised and once when it is lowered', () => {
    const tracker = flagTracker([RULE]);
    const told = readings([3, 3, 4, 0, 0, 0]).map((reading) => tracker.take(reading).length);
    expect(told).toEqual([0, 1, 0, 0, 1, 0]);
    expect(() => tracker.take({ time: 1, values: {} })).toThrow(/came after one at 5/);
  });

  it('of one rule never overlaps another, and every raised one was bad for as long as it takes', () => {
    const value = fc.oneof(fc.constant(undefined), fc.double({ min: 0, max: 8, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const flags = flagsOf(readings(values), [RULE]);
        for (const [row, flag] of flags.entries()) {
          expect(flag.peak).toBeGreaterThanOrEqual(RULE.raiseAt);
          expect(flag.severity).toBe(flag.peak >= RULE.criticalAt ? 'critical' : 'warning');
          const next = flags[row + 1];
          if (next) expect(flag.end).toBeLessThanOrEqual(next.start);
        }
      }),
    );
  });
});
