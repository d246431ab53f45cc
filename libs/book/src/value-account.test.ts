import fc from 'fast-check';
import type { Book, BookInstrument, LegColumns } from './book.ts';
import type { AccountRow } from './rows.ts';
import { bookValues, legPriceUsd, readTable, valueAccount } from './value-account.ts';

interface Leg {
  readonly amount: number;
  readonly threshold: number;
  readonly isDebt?: boolean;
  readonly maintenanceMargin?: number;
  /** A leg of the one instrument. */
  readonly isOption?: boolean;
}

/** Worth 10 at a spot of 1 and 40 at 2, half as much again at twice the volatility; its margin is 100 more. */
const instrument = {
  underlying: 0,
  spotUsd: Float64Array.of(1, 2),
  volatilityFactor: Float64Array.of(1, 2),
  valueUsd: Float64Array.of(10, 40, 15, 60),
  marginUsd: Float64Array.of(110, 140, 115, 160),
  leastMargin: { amount: 300, mostPerContract: 150, inUnderlying: false },
} as unknown as BookInstrument;

/** The first account of a book in which another account follows, every asset at 2 USD. */
function value(legs: readonly Leg[], floorsThreshold = false) {
  return valueAccount(valuesOf(legs, 1, floorsThreshold), 0 as AccountRow);
}

function valuesOf(legs: readonly Leg[], volatilityFactor = 1, floorsAverageThreshold = false) {
  const all: Leg[] = [...legs, { amount: 1e9, threshold: 0.5 }];
  const columns = {
    oracle: new Uint32Array(all.length),
    side: Int8Array.from(all, ({ isDebt }) => (isDebt ? -1 : 1)),
    liquidationThreshold: Float64Array.from(all, ({ threshold }) => threshold),
    maintenanceMargin: Float64Array.from(all, ({ maintenanceMargin }) => maintenanceMargin ?? 0),
    instrument: Int32Array.from(all, ({ isOption }) => (isOption ? 0 : -1)),
  } as LegColumns;
  const accounts = {
    venue: Uint16Array.of(0, 0),
    legStart: Uint32Array.of(0, legs.length, all.length),
  } as Book['accounts'];
  const venues = [{ rule: { kernel: 'repay-and-seize', floorsAverageThreshold } }];
  return bookValues({ accounts, legs: columns, venues, instruments: [instrument] } as unknown as Book, {
    amount: Float64Array.from(all, ({ amount }) => amount),
    prices: {
      feedAnswer: Float64Array.of(2),
      oracleFactor: Float64Array.of(1),
      oraclePriceUsd: Float64Array.of(2),
    },
    volatilityFactor,
    isTouched: new Uint8Array(2),
  });
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

  test('floors the average threshold to whole basis points where the rule does', () => {
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

describe('maintenance margin', () => {
  test('asks more than its value of a short, and gives less than its value to a long', () => {
    // 100 of cash behind a short of 30 units and a long of 20, each at 2.
    const cash = { amount: 50, threshold: 1 };
    const short = { amount: 30, threshold: 0, isDebt: true, maintenanceMargin: 0.1 };
    const long = { amount: 20, threshold: 0.9 };
    const { healthFactor, collateralUsd, debtUsd } = value([cash, long, short]);
    expect(healthFactor).toBeCloseTo((100 + 40 * 0.9) / (60 * 1.1), 14);
    expect([collateralUsd, debtUsd]).toEqual([140, 60]);
  });
});

describe('legPriceUsd', () => {
  const option = (side: 1 | -1, amount: number, volatilityFactor = 1) =>
    legPriceUsd(
      valuesOf([{ amount, threshold: 0, isDebt: side === -1, isOption: true }], volatilityFactor),
      0,
    );

  test('is the oracle’s price of what is no option', () => {
    expect(legPriceUsd(valuesOf([debt]), 0)).toBe(2);
  });

  test('is the value of an option held and the margin of one written', () => {
    expect([option(1, 10), option(-1, 10)]).toEqual([40, 140]);
    expect([option(1, 10, 2), option(-1, 10, 1.5)]).toEqual([60, 150]);
  });

  test('is not below the least margin of a position, up to its bound per contract', () => {
    expect([option(-1, 2.1), option(-1, 1), option(-1, 1e-9), option(-1, 0)]).toEqual([
      300 / 2.1,
      150,
      150,
      140,
    ]);
  });

  test('counts an option in its account’s health', () => {
    const written = { amount: 10, threshold: 0, isDebt: true, isOption: true };
    const held = { amount: 5, threshold: 1, isOption: true };
    expect(value([{ amount: 800, threshold: 1 }, held, written]).healthFactor).toBe((1_600 + 200) / 1_400);
  });
});

describe('readTable', () => {
  const read = (spotUsd: number, volatilityFactor: number) =>
    readTable(instrument, instrument.valueUsd, { spotUsd, volatilityFactor });

  test('gives grid points as they are, lines between, and the ends beyond', () => {
    expect([read(1, 1), read(2, 1), read(1, 2), read(2, 2)]).toEqual([10, 40, 15, 60]);
    expect([read(1.5, 1), read(1, 1.5), read(1.5, 1.5)]).toEqual([25, 12.5, 31.25]);
    expect([read(0.1, 0.1), read(99, 0.1), read(0.1, 99), read(99, 99)]).toEqual([10, 40, 15, 60]);
  });

  test('has one entry where there is one, and any number of grid points', () => {
    const grid = (count: number) => Float64Array.from({ length: count }, (_, i) => 1 + i);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.5, max: 8, noNaN: true }),
        fc.double({ min: 0.5, max: 8, noNaN: true }),
        (spots, volatilities, spotUsd, volatilityFactor) => {
          const table = { spotUsd: grid(spots), volatilityFactor: grid(volatilities) } as BookInstrument;
          // A plane is met exactly everywhere, at the ends where it is cut.
          const values = [...table.volatilityFactor].flatMap((vol) =>
            [...table.spotUsd].map((spot) => 3 * spot + 7 * vol),
          );
          const cut = (value: number, count: number) => Math.min(Math.max(value, 1), count);
          const expected = 3 * cut(spotUsd, spots) + 7 * cut(volatilityFactor, volatilities);
          const read = readTable(table, Float64Array.from(values), { spotUsd, volatilityFactor });
          expect(read).toBeCloseTo(expected, 9);
        },
      ),
    );
  });
});
