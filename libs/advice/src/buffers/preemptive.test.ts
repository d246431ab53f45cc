import fc from 'fast-check';
import { CALM, nextStress, tightened, type Observed, type PreemptiveRule } from './preemptive.ts';

const rule: PreemptiveRule = {
  indicators: [
    { indicator: 'volatility', enters: 2, leaves: 1.5, tightens: 0.03 },
    { indicator: 'depth', enters: 0.5, leaves: 0.7, tightens: 0.05 },
    { indicator: 'lag-flags', enters: 1, leaves: 0, tightens: 0.04 },
  ],
  most: 0.1,
};

const after = (...seen: Observed[]) =>
  seen.reduce((stress, observed) => nextStress(rule, stress, observed), CALM);
const calm = { volatility: 1, depth: 1, 'lag-flags': 0 };

describe('nextStress', () => {
  it('enters stress and leaves it with hysteresis', () => {
    expect(after(calm).entered).toEqual([]);
    expect(after({ ...calm, volatility: 2 }).entered).toEqual(['volatility']);
    expect(after({ ...calm, volatility: 2 }, { ...calm, volatility: 1.6 }).entered).toEqual(['volatility']);
    expect(after({ ...calm, volatility: 1.6 }).entered).toEqual([]);
    expect(after({ ...calm, volatility: 2 }, { ...calm, volatility: 1.5 }).entered).toEqual([]);
    expect(after({ ...calm, depth: 0.5 }, { ...calm, depth: 0.69 }).entered).toEqual(['depth']);
    expect(after({ ...calm, depth: 0.5 }, { ...calm, depth: 0.7 }).words).toEqual([
      'depth is 0.7, back at or beyond 0.7: it is calm.',
    ]);
  });

  it('tightens by the sum of what is in stress, up to the most', () => {
    expect(after({ ...calm, volatility: 3, depth: 0.4 }).tightens).toBeCloseTo(0.08, 12);
    expect(after({ volatility: 3, depth: 0.4, 'lag-flags': 2 }).tightens).toBe(0.1);
    const stress = after({ ...calm, volatility: 3 });
    expect(tightened(0.8, stress, 'down')).toBeCloseTo(0.776, 12);
    expect(tightened(0.99, stress, 'up')).toBe(1);
  });

  it('stays as it was where an indicator is not observed, and names it', () => {
    const stress = after({ ...calm, volatility: 2 }, { depth: 1, 'lag-flags': 0 });
    expect([stress.entered, stress.missing]).toEqual([['volatility'], ['volatility']]);
    expect(nextStress(rule, CALM, { ...calm, depth: NaN }).missing).toEqual(['depth']);
  });

  it('never changes while everything stays between the two lines', () => {
    const between = fc.record({
      volatility: fc.double({ min: 1.5, max: 2, minExcluded: true, maxExcluded: true, noNaN: true }),
      depth: fc.double({ min: 0.5, max: 0.7, minExcluded: true, maxExcluded: true, noNaN: true }),
    });
    const start = fc.constantFrom(CALM, after({ volatility: 3, depth: 0.1 }));
    fc.assert(
      fc.property(start, fc.array(between, { minLength: 1 }), (from, seen) => {
        const end = seen.reduce((stress, one) => nextStress(rule, stress, one), from);
        expect(end.entered).toEqual(from.entered);
      }),
      { numRuns: 50 },
    );
  });

  it('refuses a rule that would flicker', () => {
    const flickers = { ...rule, indicators: [{ ...rule.indicators[0]!, leaves: 2 }] };
    expect(() => nextStress(flickers, CALM, calm)).toThrow('which is not calmer');
    expect(() => nextStress({ ...rule, most: 1 }, CALM, calm)).toThrow('from 0 to below 1');
    const twice = { ...rule, indicators: [rule.indicators[0]!, rule.indicators[0]!] };
    expect(() => nextStress(twice, CALM, calm)).toThrow('in the rule twice');
  });
});
