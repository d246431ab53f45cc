import { AdaptiveCurveIrmLib } from '@morpho-org/blue-sdk';
import { WAD } from '@undertow/units';
import fc from 'fast-check';
import { adaptiveCurveRates } from './adaptive-curve.ts';

const YEAR = 31_536_000n;

describe('adaptiveCurveRates', () => {
  test('equals the protocol package for any use, rate and time', () => {
    const use = fc.bigInt({ min: 0n, max: WAD });
    const rate = fc.oneof(fc.constant(0n), fc.bigInt({ min: WAD / 1000n / YEAR, max: (2n * WAD) / YEAR }));
    const seconds = fc.oneof(fc.bigInt({ min: 0n, max: 1000n }), fc.bigInt({ min: 0n, max: 20n * YEAR }));
    fc.assert(
      fc.property(use, rate, seconds, (utilization, start, elapsed) => {
        const expected = AdaptiveCurveIrmLib.getBorrowRate(utilization, start, elapsed);
        expect(adaptiveCurveRates(utilization, start, elapsed)).toEqual({
          averageWad: expected.avgBorrowRate,
          rateAtTargetWad: expected.endRateAtTarget,
        });
      }),
      { numRuns: 2000 },
    );
  });

  test('at target the rate stays where it is', () => {
    const start = WAD / 20n / YEAR;
    const rates = adaptiveCurveRates((9n * WAD) / 10n, start, 1_000_000n);
    expect(rates).toEqual({ averageWad: start, rateAtTargetWad: start });
  });
});
