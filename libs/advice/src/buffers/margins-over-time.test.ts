import fc from 'fast-check';
import { bufferEffects, marginsOverTime, procyclicality } from './margins-over-time.ts';

/** A hundred calm days at 10 %, a panic to 30 %, calm again. */
const panic = [
  ...new Array<number>(100).fill(0.1),
  0.15,
  0.2,
  0.3,
  0.3,
  0.2,
  ...new Array<number>(100).fill(0.1),
];
const margins = fc.array(fc.double({ min: 0.01, max: 0.9, noNaN: true }), { minLength: 1, maxLength: 80 });

describe('marginsOverTime', () => {
  it('uses the buffer up as margins rise, and has it again afterwards', () => {
    const made = marginsOverTime({ margin: panic }, { kind: 'buffer' })!;
    expect(made[50]).toBeCloseTo(0.125, 12);
    // At 15 % the buffer on what was the mean is used up.
    expect(made[100]).toBeCloseTo(0.15, 12);
    expect(made[102]).toBeCloseTo(0.3, 12);
    expect(made.at(-1)).toBeCloseTo(0.125, 12);
  });

  it('weighs stress, and stands on the floor of a long lookback', () => {
    expect(marginsOverTime({ margin: [0.1, 0.4], stressed: 0.3 }, { kind: 'stressed' })).toEqual([
      expect.closeTo(0.15, 12),
      0.4,
    ]);
    expect(marginsOverTime({ margin: [0.1, 0.4], longLookback: [0.2, 0.2] }, { kind: 'floor' })).toEqual([
      0.2, 0.4,
    ]);
  });

  it('never calls less than the model asks for', () => {
    fc.assert(
      fc.property(margins, fc.double({ min: 0.01, max: 0.9, noNaN: true }), (margin, stressed) => {
        const longLookback = margin.map(() => stressed);
        for (const kind of ['none', 'buffer', 'stressed', 'floor'] as const) {
          const made = marginsOverTime({ margin, stressed, longLookback }, { kind })!;
          for (const [at, value] of made.entries()) expect(value).toBeGreaterThanOrEqual(margin[at]!);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is no more procyclical under stress weights and a constant floor than without', () => {
    fc.assert(
      fc.property(margins, fc.double({ min: 0.01, max: 0.9, noNaN: true }), (margin, level) => {
        const before = procyclicality(margin)!.peakToTrough;
        const series = { margin, stressed: level, longLookback: margin.map(() => level) };
        for (const kind of ['stressed', 'floor'] as const) {
          const after = procyclicality(marginsOverTime(series, { kind })!)!.peakToTrough;
          expect(after).toBeLessThanOrEqual(before * (1 + 1e-12));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('gives none where what the option needs is missing', () => {
    expect(marginsOverTime({ margin: [0.1] }, { kind: 'stressed' })).toBeUndefined();
    expect(marginsOverTime({ margin: [0.1] }, { kind: 'floor' })).toBeUndefined();
    expect(procyclicality([])).toBeUndefined();
    expect(bufferEffects({ margin: [] })).toBeUndefined();
  });

  it('refuses less than a quarter, and what is no margin', () => {
    expect(() => marginsOverTime({ margin: [0.1] }, { kind: 'buffer', share: 0.2 })).toThrow('from 0.25');
    expect(() => marginsOverTime({ margin: [0] }, { kind: 'none' })).toThrow('a ratio above 0');
    expect(() => marginsOverTime({ margin: [0.1], longLookback: [] }, { kind: 'floor' })).toThrow(
      'each of 1 days',
    );
  });
});

describe('procyclicality', () => {
  it('tells peak to trough with the options and without', () => {
    const effects = bufferEffects({ margin: panic, stressed: 0.3 })!;
    expect(effects.map(({ rule }) => rule.kind)).toEqual(['buffer', 'stressed', 'floor']);
    const [buffer, stressed, floor] = effects;
    expect(buffer!.without.peakToTrough).toBeCloseTo(3, 12);
    expect(buffer!.with!.peakToTrough).toBeCloseTo(2.4, 12);
    expect(stressed!.with!.peakToTrough).toBeCloseTo(2, 12);
    expect([floor!.with, floor!.meanCost]).toEqual([undefined, undefined]);
    expect(buffer!.without.largestRise).toBeCloseTo(2, 12);
    expect(buffer!.meanCost).toBeGreaterThan(1.2);
  });
});
