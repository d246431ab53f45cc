import { ownValues, valueAccount, type AccountRow } from '@undertow/book';
import { openShock } from '@undertow/cascade';
import fc from 'fast-check';
import { bookOfAllMechanisms } from '../../../book/src/fixtures/book-of-all-mechanisms.ts';
import { accountEquityUsd } from './account-equity.ts';
import { accountMargin } from './account-margin.ts';
import { tieredRequirement, type MarginBracket } from './brackets.ts';
import { openDistances } from './distance.ts';

const book = bookOfAllMechanisms();
const at = (row: number) => accountMargin(ownValues(book), row as AccountRow);
const [LENDER, MARGIN, WRITER] = [0, 3, 4];

/** An exchange's table as it is published: floor, maintenance rate, maintenance amount. */
const PUBLISHED = [
  [0, 0.004, 0],
  [50_000, 0.005, 50],
  [250_000, 0.01, 1_300],
  [1_000_000, 0.025, 16_300],
  [10_000_000, 0.05, 266_300],
  [20_000_000, 0.1, 1_266_300],
] as const;
const BRACKETS: readonly MarginBracket[] = PUBLISHED.map(([fromUsd, maintenanceMargin]) => ({
  fromUsd,
  maintenanceMargin,
  initialMargin: 2 * maintenanceMargin,
}));

describe('accountMargin', () => {
  it('has a lender in the terms of a margin account, and his debt as collateral that it asks for', () => {
    // Two WETH at 2,000 USD, threshold 0.8, loan-to-value 0.4, against 1,000 USD.
    expect(at(LENDER)).toMatchObject({
      venue: 'pooled-lending@test',
      equityUsd: 3_000,
      maintenanceUsd: expect.closeTo(800, 9),
      initialUsd: expect.closeTo(2_400, 9),
      marginRatio: expect.closeTo(800 / 3_000, 12),
      isDue: false,
      lending: {
        collateralUsd: 4_000,
        debtUsd: 1_000,
        initialCollateralUsd: expect.closeTo(2_500, 9),
        maintenanceCollateralUsd: expect.closeTo(1_250, 9),
      },
    });
  });

  it('counts positions, cash and other collateral of a margin account', () => {
    // One WETH long at 2,000, bought for 1,500; 5 USD owed; two WETH of which 80 % count.
    expect(at(MARGIN)).toMatchObject({
      equityUsd: expect.closeTo(4_495, 9),
      maintenanceUsd: expect.closeTo(125 + 800, 9),
      initialUsd: expect.closeTo(200 + 2_400, 9),
      lending: undefined,
    });
    const tiers = accountMargin(ownValues(book), MARGIN as AccountRow, ({ market }) =>
      market === 'perpetual' ? [{ fromUsd: 0, initialMargin: 0.5, maintenanceMargin: 0.25 }] : undefined,
    );
    expect(tiers).toMatchObject({
      maintenanceUsd: expect.closeTo(500 + 800, 9),
      initialUsd: expect.closeTo(1_000 + 2_400, 9),
    });
  });

  it('lets a writer owe what the option is worth, and have what his venue asks', () => {
    const worth = 1 + 1_009 / 3;
    expect(at(WRITER)).toMatchObject({
      equityUsd: expect.closeTo(900 - worth, 9),
      maintenanceUsd: expect.closeTo(500 - worth, 9),
      initialUsd: expect.closeTo(500 - worth, 9),
    });
  });

  it('has equity above maintenance just where the health factor is above 1, at any price', () => {
    const shock = openShock(book);
    fc.assert(
      fc.property(fc.double({ min: -0.99, max: 5, noNaN: true }), (move) => {
        const values = shock({ moves: [{ kind: 'reference', symbol: 'ETH', move }] });
        for (let row = 0; row < book.accounts.count; row++) {
          const { equityUsd, maintenanceUsd } = accountMargin(values, row as AccountRow);
          expect(accountEquityUsd(values, row as AccountRow)).toBeCloseTo(equityUsd, 9);
          const { healthFactor } = valueAccount(values, row as AccountRow);
          if (Math.abs(healthFactor - 1) > 1e-4) expect(equityUsd > maintenanceUsd).toBe(healthFactor > 1);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('tieredRequirement', () => {
  it.each([
    [10_000, 40],
    [50_000, 200],
    [600_000, 600_000 * 0.01 - 1_300],
    [5_000_000, 5_000_000 * 0.025 - 16_300],
    [30_000_000, 30_000_000 * 0.1 - 1_266_300],
  ])('asks of %i USD what value × rate − maintenance amount does', (valueUsd, maintenanceUsd) => {
    const found = tieredRequirement(valueUsd, BRACKETS);
    expect(found.maintenanceUsd).toBeCloseTo(maintenanceUsd, 6);
    expect(found.initialUsd).toBeCloseTo(2 * maintenanceUsd, 6);
  });

  it('refuses tables that are none', () => {
    const [first, second] = BRACKETS as [MarginBracket, MarginBracket];
    expect(() => tieredRequirement(1, [])).toThrow('must begin at 0 USD');
    expect(() => tieredRequirement(1, [first, second, second])).toThrow('number 3 begins at 50000');
    expect(() => tieredRequirement(1, [{ ...first, initialMargin: 0.001 }])).toThrow(
      '0 < maintenance ≤ initial',
    );
  });
});

describe('openDistances', () => {
  it('finds the line of a lender where arithmetic has it, in price and in deviations', () => {
    const distances = openDistances(book, new Map([['ETH', 0.05]]));
    const [line, ...others] = distances(LENDER as AccountRow);
    expect(others).toEqual([]);
    // 2 × price × 0.8 = 1,000.
    expect(line).toMatchObject({ reference: 'ETH', priceUsd: 2_000 });
    expect(line!.lineUsd).toBeCloseTo(625, 5);
    expect(line!.move).toBeCloseTo(-0.6875, 8);
    expect(line!.deviations).toBeCloseTo(Math.log(2_000 / 625) / 0.05, 6);
  });

  it('finds a rise where that is what an account fears, and 0 where it is due already', () => {
    const [rise] = openDistances(book)(WRITER as AccountRow);
    expect(rise!.move).toBeGreaterThan(0);
    expect(rise!.deviations).toBeUndefined();
    const amount = book.legs.amount.map((value, leg) => (leg === 1 ? 4_000 : value));
    const [due] = openDistances({ ...book, legs: { ...book.legs, amount }, exact: book.exact })(
      LENDER as AccountRow,
    );
    expect(due).toMatchObject({ move: 0, lineUsd: 2_000 });
  });
});
