import { RAY } from '@undertow/units';
import fc from 'fast-check';
import { normalizedDebtRay, normalizedIncomeRay } from './interest.ts';

const YEAR_SECONDS = 31_536_000;
const stored = { indexRay: RAY, ratePerYearRay: RAY / 10n, updatedAt: 1_700_000_000 };
const afterYear = stored.updatedAt + YEAR_SECONDS;

describe('normalised income', () => {
  test('is the stored index at its own time, and grows on a line', () => {
    expect(normalizedIncomeRay(stored, stored.updatedAt)).toBe(RAY);
    expect(normalizedIncomeRay(stored, afterYear)).toBe((RAY * 11n) / 10n);
    expect(normalizedIncomeRay(stored, stored.updatedAt + 2 * YEAR_SECONDS)).toBe((RAY * 12n) / 10n);
  });
});

describe('normalised debt', () => {
  test('is the stored index at its own time', () => {
    expect(normalizedDebtRay(stored, stored.updatedAt, '3.0')).toBe(RAY);
    expect(normalizedDebtRay(stored, stored.updatedAt, '3.6')).toBe(RAY);
  });

  test('3.6 is 1 + x + x²/2 + x³/6 of a year at 10 %, 3.0 just below it', () => {
    // 1.1051666…: e^0.1 less its fourth and later terms.
    const taylor = normalizedDebtRay(stored, afterYear, '3.6');
    expect(taylor / 10n ** 17n).toBe(11_051_666_666n);
    const binomial = normalizedDebtRay(stored, afterYear, '3.0');
    // Most of it is the power of three, which 3.0 floors to whole units (31 instead of 31.9).
    expect(binomial < taylor && taylor - binomial < 10n ** 22n).toBe(true);
  });

  test('never falls below simple interest nor below itself later', () => {
    const rate = fc.bigInt({ min: 0n, max: 3n * RAY });
    const seconds = fc.integer({ min: 0, max: 3 * YEAR_SECONDS });
    fc.assert(
      fc.property(
        rate,
        seconds,
        fc.constantFrom('3.0' as const, '3.6' as const),
        (ratePerYearRay, dt, release) => {
          const at = { ...stored, ratePerYearRay };
          const debt = normalizedDebtRay(at, stored.updatedAt + dt, release);
          expect(debt >= normalizedIncomeRay(at, stored.updatedAt + dt)).toBe(true);
          expect(normalizedDebtRay(at, stored.updatedAt + dt + 1, release) >= debt).toBe(true);
        },
      ),
    );
  });
});
