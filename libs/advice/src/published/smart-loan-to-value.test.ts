import fc from 'fast-check';
import { smartLoanToValue, smartRiskLevel } from './smart-loan-to-value.ts';

const worked = { volatility: 0.1, liquidity: 1e6, cap: 2e5, bonus: 0.05 };

describe('SmartLTV', () => {
  it('gives the numbers of its own tests', () => {
    expect(smartLoanToValue(worked, 3)).toBeCloseTo(0.82444657, 8);
    const wild = { volatility: 9.99, liquidity: 1e7, cap: 1e7, bonus: 0.19 };
    expect(smartLoanToValue(wild, 4.9)).toBe(0);
  });

  it('gives the risk level of a threshold', () => {
    const terms = { volatility: 0.0966, liquidity: 92e6, cap: 1e7, bonus: 0.03 };
    expect(smartRiskLevel(terms, 0.9)).toBeCloseTo(0.43886, 5);
  });

  it('is inverted by the risk level', () => {
    fc.assert(
      fc.property(
        fc.record({
          volatility: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
          liquidity: fc.double({ min: 1e5, max: 1e8, noNaN: true }),
          cap: fc.double({ min: 1e5, max: 1e8, noNaN: true }),
          bonus: fc.double({ min: 0, max: 0.1, noNaN: true }),
        }),
        fc.double({ min: 0.1, max: 5, noNaN: true }),
        (terms, confidence) => {
          const threshold = smartLoanToValue(terms, confidence);
          if (threshold < 1e-6) return;
          expect(smartRiskLevel(terms, threshold) * confidence).toBeCloseTo(1, 5);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('says when there is no room, and when nothing can be sold', () => {
    expect(smartRiskLevel(worked, 0.95)).toBe(Infinity);
    expect(smartRiskLevel({ ...worked, liquidity: 0 }, 0.8)).toBe(Infinity);
    expect(smartLoanToValue({ ...worked, liquidity: 0 }, 3)).toBe(0);
    expect(smartLoanToValue({ ...worked, volatility: 0 }, 3)).toBe(0.95);
  });

  it('refuses what is no term', () => {
    expect(() => smartLoanToValue({ ...worked, cap: 0 }, 3)).toThrow(
      'cap must be a number above 0, but is 0',
    );
    expect(() => smartRiskLevel({ ...worked, volatility: NaN }, 0.8)).toThrow('volatility must be');
  });
});
