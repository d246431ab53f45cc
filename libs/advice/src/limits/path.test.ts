import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { pathTo } from './path.ts';
import { limitsJsonSchema, readLimits, type FieldLimit } from './steward-limits.ts';

const DAY = 86_400;
const half: FieldLimit = { largestChange: 0.005, isRelative: false, leastDelaySeconds: 3 * DAY };
const doubling: FieldLimit = { largestChange: 1, isRelative: true, leastDelaySeconds: 3 * DAY };
const from = (value: number, to: number, limit: FieldLimit | undefined = half) => ({
  from: value,
  to,
  limit,
  grain: limit === doubling ? 1 : 1e-4,
  start: 1_000,
});
const preset = (name: string) =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../../docs/examples/limits', name), 'utf8'),
  ) as unknown;

describe('pathTo', () => {
  it('goes in allowed steps at the earliest moments', () => {
    const { reaches, steps } = pathTo({ ...from(0.83, 0.812), lastChange: 1_000 - DAY });
    expect(reaches).toBe(true);
    expect(steps.map(({ value }) => value)).toEqual([0.825, 0.82, 0.815, 0.812]);
    expect(steps.map(({ time }) => time)).toEqual(
      [0, 1, 2, 3].map((step) => 1_000 + 2 * DAY + step * 3 * DAY),
    );
  });

  it('doubles a cap, and halves nothing to 0', () => {
    expect(pathTo(from(100, 350, doubling)).steps.map(({ value }) => value)).toEqual([200, 350]);
    const down = pathTo({ ...from(100, 0, { ...doubling, largestChange: 0.5 }), grain: 1 });
    expect(down.reaches).toBe(false);
    expect(down.steps.at(-1)!.value).toBe(1);
    expect(down.words[0]).toBe('The steward may not set 0: that is for governance.');
  });

  it('never steps farther or sooner than allowed, and towards the target only', () => {
    const ratio = fc.integer({ min: 1, max: 10_000 }).map((bps) => bps / 1e4);
    const limits = fc.record({
      largestChange: fc.double({ min: 1e-3, max: 0.2, noNaN: true }),
      isRelative: fc.boolean(),
      leastDelaySeconds: fc.integer({ min: 0, max: 10 * DAY }),
    });
    fc.assert(
      fc.property(ratio, ratio, limits, (start, to, limit) => {
        const { steps, reaches, words } = pathTo(from(start, to, limit));
        let [value, time] = [start, -Infinity];
        for (const step of steps) {
          const most = limit.isRelative ? limit.largestChange * value : limit.largestChange;
          expect(Math.abs(step.value - value)).toBeLessThanOrEqual(most * (1 + 1e-9) + 1e-9);
          expect(step.time - time).toBeGreaterThanOrEqual(limit.leastDelaySeconds);
          expect(Math.abs(to - step.value)).toBeLessThan(Math.abs(to - value));
          [value, time] = [step.value, step.time];
        }
        expect(value === to).toBe(reaches);
        if (!reaches) expect(words.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('says why a target is out of reach', () => {
    const words = (of: Parameters<typeof pathTo>[0]) => pathTo(of).words[0];
    expect(words({ ...from(0.8, 0.7), limit: undefined })).toContain('for governance');
    expect(words(from(0, 10, doubling))).toContain('From 0 no relative change');
    expect(words({ ...from(0.8, 0.7), end: 1_000 + 10 * DAY })).toContain('not reached in time');
    expect(words(from(0.8, 0.5, { ...half, least: 0.75 }))).toBe('The steward may not set less than 0.75.');
    expect(words(from(0.8, 0.7, { ...half, largestChange: 1e-5 }))).toContain(
      'smaller than the smallest step',
    );
    expect(pathTo(from(0.8, 0.8))).toEqual({ reaches: true, steps: [], words: [] });
  });

  it('lets proposals expire', () => {
    const { steps } = pathTo(from(0.8, 0.797, { ...half, expirySeconds: 4 * DAY }));
    expect(steps).toEqual([{ time: 1_000, value: 0.797, expires: 1_000 + 4 * DAY }]);
  });
});

describe('readLimits', () => {
  it.each(['aave-v3-agrs.json', 'aave-v4-agrs.json'])('reads %s', (name) => {
    const { fields } = readLimits(preset(name));
    expect(fields.liquidationThreshold).toMatchObject({
      largestChange: 0.005,
      isRelative: false,
      leastDelaySeconds: 3 * DAY,
    });
    expect(fields.supplyCap).toMatchObject({ largestChange: 1, isRelative: true });
    expect(limitsJsonSchema()).toMatchObject({ type: 'object' });
  });

  it('refuses limits that contradict each other, and says which', () => {
    const read = (limit: object) => () =>
      readLimits({ name: 'a steward', source: 'a test', fields: { supplyCap: { ...doubling, ...limit } } });
    expect(read({ least: 5, most: 3 })).toThrow(
      'the least value 5 is above the largest 3: no value satisfies both',
    );
    expect(read({ expirySeconds: 60 })).toThrow(
      'limits.fields.supplyCap: an update expires after 60 seconds',
    );
    expect(read({ largestChange: 0 })).toThrow('limits.fields.supplyCap.largestChange');
    expect(read({ often: true })).toThrow('often');
    expect(() => readLimits({ name: 'x', source: 'y', fields: { colour: doubling } })).toThrow(
      'limits.fields',
    );
  });
});
