import type { AccountRow, Book, LegColumns } from './book.ts';
import { valueAccount } from './value-account.ts';

interface Leg {
  readonly amount: number;
  readonly threshold: number;
  readonly isDebt?: boolean;
}

/** The first account of a book in which another account follows, every asset at 2 USD. */
function value(legs: readonly Leg[], floorsThreshold = false) {
  const all = [...legs, { amount: 1e9, threshold: 0.5 }];
  const columns = {
    oracle: new Uint32Array(all.length),
    side: Int8Array.from(all, ({ isDebt }) => (isDebt ? -1 : 1)),
    liquidationThreshold: Float64Array.from(all, ({ threshold }) => threshold),
  } as LegColumns;
  const accounts = { legStart: Uint32Array.of(0, legs.length, all.length) } as Book['accounts'];
  const values = {
    book: { accounts, legs: columns } as Book,
    amount: Float64Array.from(all, ({ amount }) => amount),
    oraclePriceUsd: Float64Array.of(2),
  };
  return valueAccount(values, 0 as AccountRow, floorsThreshold);
}

const debt = { amount: 100, threshold: 0, isDebt: true };

describe('valueAccount', () => {
  test('weighs collateral by its threshold and leaves out supply that is not collateral', () => {
    const legs = [
      { amount: 100, threshold: 0.8 },
      { amount: 50, threshold: 0.6 },
      { amount: 7, threshold: 0 },
      debt,
    ];
    const { healthFactor, collateralUsd, debtUsd } = value(legs);
    expect(healthFactor).toBeCloseTo(1.1, 14);
    expect([collateralUsd, debtUsd]).toEqual([300, 200]);
  });

  test('floors the average threshold to whole basis points where the release does', () => {
    // Two thirds of 80.01 % and one of 80 % are 80.0066… %.
    const legs = [{ amount: 200, threshold: 0.8001 }, { amount: 100, threshold: 0.8 }, debt];
    expect(value(legs).healthFactor).toBeCloseTo(3 * 0.8000666666666667, 12);
    expect(value(legs, true).healthFactor).toBeCloseTo(3 * 0.8, 12);
  });

  test('does not lose a basis point of a whole number of them to float error', () => {
    for (let bps = 1; bps <= 10_000; bps++) {
      const { healthFactor } = value(
        [
          { amount: 0.1, threshold: bps / 10_000 },
          { ...debt, amount: 0.1 },
        ],
        true,
      );
      expect(Math.abs(healthFactor - bps / 10_000)).toBeLessThan(1e-12);
    }
  });

  test('without debt the health factor is infinite', () => {
    expect(value([{ amount: 1, threshold: 0.8 }]).healthFactor).toBe(Infinity);
  });
});
