import type { AccountRow } from '@undertow/book';
import { historicalScenarios } from '../tail/joint-scenarios.ts';
import { bookOfAllMechanisms } from '../../../book/src/fixtures/book-of-all-mechanisms.ts';
import { accountsPortfolio } from './accounts-portfolio.ts';
import { jointMoves } from './joint-moves.ts';
import { accountsOf, ownerMargin } from './owner-margin.ts';

const book = bookOfAllMechanisms();
const OWNER = `0x${'5'.repeat(40)}`;
const returns = historicalScenarios({
  factors: ['ETH'],
  horizonSeconds: 86_400,
  stepSeconds: 86_400,
  starts: [],
  rows: Array.from({ length: 200 }, (_, at) => Float64Array.of((at - 100) / 1_000)),
  lacking: new Map(),
});

describe('ownerMargin', () => {
  it('sets isolated and cross margin side by side, by venue and over all', () => {
    const { accounts, isolated, cross, venues, portfolio } = ownerMargin(book, OWNER);
    expect(accounts).toHaveLength(6);
    expect(venues.map(({ venue }) => venue)).toEqual(book.venues.map(({ id }) => id));
    const sum = accounts.reduce((all, { maintenanceUsd }) => all + maintenanceUsd, 0);
    expect(isolated.maintenanceUsd).toBeCloseTo(sum, 9);
    expect(cross.maintenanceUsd).toBeCloseTo(sum, 9);
    // The worst account's ratio, and that of the sums.
    expect(isolated.marginRatio).toBeGreaterThan(cross.marginRatio!);
    expect(portfolio).toBeUndefined();
  });

  it('lets what one account lacks be paid by another, across and not by itself', () => {
    // The lender owes 3,500: 2 × 2,000 × 0.8 − 3,500 = −300.
    const amount = book.legs.amount.map((value, leg) => (leg === 1 ? 3_500 : value));
    const { isolated, cross } = ownerMargin({ ...book, legs: { ...book.legs, amount } }, OWNER);
    expect(isolated.callUsd).toBeCloseTo(300, 9);
    expect(cross.callUsd).toBe(0);
  });

  it('asks of the whole the greater of its worst scenario and its expected shortfall', () => {
    const scenarios = jointMoves(book, new Map([['ETH', 0.03]]));
    const both = ownerMargin(book, OWNER, { scenarios, returns, level: 0.95 }).portfolio!;
    // Six deviations down are the worst of a grid, with volatilities that move as well: only options hang on them.
    expect(both.worst!.scenario.moves).toEqual([
      { kind: 'reference', symbol: 'ETH', move: Math.expm1(-0.18) },
    ]);
    const down = Math.expm1(-0.18) * 2_000;
    const alone = accountsPortfolio(book, { accounts: accountsOf(book, OWNER), factors: [] });
    const gains = alone.gainsIn(both.worst!.scenario);
    expect(gains[0]).toBeCloseTo(2 * down, 6);
    expect(gains[3]).toBeCloseTo(3 * down, 6);
    expect(both.worst!.lossUsd).toBeCloseTo(-gains.reduce((sum, gain) => sum + gain, 0), 6);
    expect(both.tail!.contributions.map(({ part }) => part)).toEqual([
      'pooled-lending@test',
      'isolated-pair@test pair',
      'cdp@test',
      'perpetual@test',
      'option@test strike:1 #position:1',
      'money-market@test',
    ]);
    expect(both.maintenanceUsd).toBe(both.worst!.lossUsd);
    expect(both.initialUsd).toBeCloseTo(1.25 * both.maintenanceUsd, 9);
    const byTail = ownerMargin(book, OWNER, { returns, level: 0.95 }).portfolio!;
    expect(byTail.maintenanceUsd).toBe(byTail.tail!.expectedShortfallUsd);
    expect(byTail.worst).toBeUndefined();
    // The written call gains when ETH falls: together they are asked less than one by one.
    expect(byTail.offsetUsd).toBeGreaterThan(0);
    expect(byTail.aloneUsd - byTail.offsetUsd).toBeCloseTo(byTail.maintenanceUsd, 9);
    expect(byTail.belowIsolatedUsd).toBeCloseTo(
      ownerMargin(book, OWNER).isolated.maintenanceUsd - byTail.maintenanceUsd,
      9,
    );
  });

  it('refuses an owner that the book does not have', () => {
    expect(() => ownerMargin(book, '0xabc')).toThrow('0xabc has no account');
    expect(accountsOf(book, OWNER)).toEqual([0, 1, 2, 3, 4, 5] as AccountRow[]);
  });
});

describe('jointMoves', () => {
  it('moves all together, and each alone where there are several', () => {
    const scenarios = jointMoves(book, new Map([['ETH', 0.1]]));
    expect(scenarios).toHaveLength(6 * 3);
    const two = jointMoves(
      book,
      new Map([
        ['ETH', 0.1],
        ['USDC', 0.01],
      ]),
    );
    expect(two).toHaveLength(3 * 6 * 3);
    expect(two[0]!.moves).toHaveLength(2);
    expect(() => jointMoves(book, new Map([['BTC', 0.1]]))).toThrow('BTC');
  });
});
