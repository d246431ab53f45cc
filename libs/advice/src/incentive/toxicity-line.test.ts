import fc from 'fast-check';
import { healthAfterCall, NO_SLIPPAGE, toxicityFrontier, toxicityLine } from './toxicity-line.ts';

const ratio = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** A bonus, what a call repays, and by how much trades turn prices: of a call, and beyond it of the whole account. */
const cases = fc.record({
  bonus: ratio(0, 0.2),
  closeShare: ratio(0.05, 1),
  call: ratio(1, 1.1),
  rest: ratio(0, 0.1),
});

describe('toxicityLine', () => {
  it('is threshold × (1 + bonus) = 1 where trades move nothing', () => {
    const line = toxicityLine(0.05, { closeShare: 0.5, slippage: NO_SLIPPAGE });
    expect(line.threshold).toBeCloseTo(1 / 1.05, 15);
  });

  it('is the largest threshold at which a call does not lower the health factor and the collateral covers the debt', () => {
    fc.assert(
      fc.property(cases, ({ bonus, closeShare, call, rest }) => {
        const slippage = { call, whole: call + rest };
        const { threshold, by } = toxicityLine(bonus, { closeShare, slippage });
        const health = (at: number) => healthAfterCall({ threshold: at, bonus, closeShare }, call);
        /** Collateral at the line per unit of debt, less what repaying all of it takes at the worst price. */
        const left = (at: number) => 1 / at - (1 + bonus) * slippage.whole;
        if (threshold === 0) return;
        expect(health(threshold)).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(left(threshold)).toBeGreaterThanOrEqual(-1e-9);
        const above = threshold * 1.001;
        expect(by === 'health' ? health(above) - 1 : left(above)).toBeLessThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('never rises with the bonus or with slippage', () => {
    fc.assert(
      fc.property(cases, ratio(0, 0.05), ({ bonus, closeShare, call, rest }, more) => {
        const at = (b: number, c: number) =>
          toxicityLine(b, { closeShare, slippage: { call: c, whole: c + rest } }).threshold;
        expect(at(bonus + more, call)).toBeLessThanOrEqual(at(bonus, call) + 1e-12);
        expect(at(bonus, call + more)).toBeLessThanOrEqual(at(bonus, call) + 1e-12);
      }),
      { numRuns: 100 },
    );
  });

  it('is 0 where the first call costs more than it repays', () => {
    const slippage = { call: 1.5, whole: 1.6 };
    expect(toxicityLine(0.05, { closeShare: 0.2, slippage })).toEqual({ threshold: 0, by: 'health' });
  });

  it('draws a frontier', () => {
    const points = toxicityFrontier([0.05, 0.1], { closeShare: 1, slippage: { call: 1.02, whole: 1.02 } });
    expect(points.map(({ bonus }) => bonus)).toEqual([0.05, 0.1]);
    expect(points[1]!.threshold).toBeCloseTo(1 / (1.1 * 1.02), 12);
  });

  it('refuses what is no bonus, share or slippage', () => {
    const of = (bonus: number, closeShare: number, whole: number) => () =>
      toxicityLine(bonus, { closeShare, slippage: { call: 1, whole } });
    expect(of(-0.1, 1, 1)).toThrow('liquidation bonus');
    expect(of(0.1, 0, 1)).toThrow('share above 0');
    expect(of(0.1, 1, 0.9)).toThrow('slippage must be at least 1');
  });
});
