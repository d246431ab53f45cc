import type { Scenario } from '@undertow/cascade';
import { priceTable } from '@undertow/sweep';
import { bookOfAllMechanisms } from '../../../book/src/fixtures/book-of-all-mechanisms.ts';
import { clearingReport } from './clearing-report.ts';
import { clearingAfterCascades, clearingView } from './clearing-view.ts';

/** Every account has an owner of its own but the lender and the margin account, who are one. */
const OWNERS = ['a', 'b', 'c', 'a', 'e', 'f'];
const whole = bookOfAllMechanisms();
const book = {
  ...whole,
  accounts: {
    ...whole.accounts,
    owner: OWNERS.map((letter) => `0x${letter.repeat(40)}` as const),
  },
};
const owner = (letter: string) => `0x${letter.repeat(40)}`;
const eth = (move: number): Scenario => ({ moves: [{ kind: 'reference', symbol: 'ETH', move }] });

describe('clearingView', () => {
  it('nets an owner over all venues, and advises what the two worst cost in the scenario that binds', () => {
    // At 300 USD a WETH: lenders have 600 against 1,000 and leave 400; the margin account 900 − 1,505 = −605.
    const view = clearingView(book, [eth(-0.2), eth(-0.85), eth(-0.5)]);
    expect(view).toMatchObject({ scenarios: 3, binding: { index: 1 } });
    expect(view.binding!.owners).toEqual([
      { owner: owner('a'), lossUsd: expect.closeTo(1_005, 6) },
      { owner: owner('b'), lossUsd: expect.closeTo(400, 6) },
    ]);
    expect(view.fundUsd).toBeCloseTo(1_405, 6);
    // Each for itself: 605 of the margin venue, and 400 at each of the four lenders.
    expect(view.apart.map(({ fundUsd }) => Math.round(fundUsd))).toEqual([605, 400, 400, 400, 400]);
    expect(view.savedUsd).toBeCloseTo(605 + 1_600 - 1_405, 6);
    // The stability pool has 12.5 WETH at 2,000 USD, and the other fund 12.5 USDC.
    expect(view.heldUsd).toBeCloseTo(25_012.5, 6);
    expect(view.isCovered).toBe(true);
  });

  it('lets what one account has left pay for another of the same owner', () => {
    // The lender's collateral is four times as much: at 300 USD he has 2,400 − 1,000 left, which pays his margin account's 605.
    const amount = whole.legs.amount.map((value, leg) => (leg === 0 ? 4 * value : value));
    const view = clearingView({ ...book, legs: { ...book.legs, amount } }, [eth(-0.85)]);
    expect(view.binding!.owners.map((one) => one.owner)).toEqual([owner('b'), owner('c')]);
    expect(view.apart[0]).toMatchObject({ venue: 'perpetual@test', owners: [{ owner: owner('a') }] });
  });

  it('has nothing that binds where nobody owes more than he has, and refuses no scenario', () => {
    expect(clearingView(book, [eth(0)])).toMatchObject({
      binding: undefined,
      fundUsd: 0,
      apart: [],
      savedUsd: 0,
    });
    expect(() => clearingView(book, [])).toThrow('there is no scenario');
    const poor = clearingView({ ...book, funds: [] }, [eth(-0.85)]);
    expect([poor.heldUsd, poor.isCovered]).toEqual([0, false]);
  });
});

describe('clearingAfterCascades', () => {
  it('adds up what an owner left at every venue', () => {
    const loser = (venue: string, letter: string, lossUsd: number) => ({
      venue,
      owner: owner(letter),
      market: '',
      lossUsd,
    });
    const view = clearingAfterCascades(book, [
      { losers: [loser('x', 'a', 30), loser('y', 'a', 20), loser('x', 'b', 10), loser('y', 'c', 15)] },
      { losers: [loser('x', 'b', 45)] },
      { losers: [] },
    ]);
    expect(view.binding).toEqual({
      index: 0,
      owners: [
        { owner: owner('a'), lossUsd: 50 },
        { owner: owner('c'), lossUsd: 15 },
      ],
      lossUsd: 65,
    });
    expect(view.apart.map(({ venue, index, fundUsd }) => [venue, index, fundUsd])).toEqual([
      ['x', 1, 45],
      ['y', 0, 35],
    ]);
    expect(view.savedUsd).toBe(15);
  });
});

describe('clearingReport', () => {
  const HOUR = 3_600;
  /** Hours that go up and down by so much, by turns. */
  const swings = (log: number) =>
    priceTable(
      Array.from({ length: 40 }, (_, at) => ({
        time: at * HOUR,
        symbol: 'ETH',
        price: 2_000 * Math.exp(at % 2 === 0 ? 0 : log),
      })),
      HOUR,
    );

  it('is told from moves of two, four and six deviations, and names the scenarios that bind', () => {
    const { view, scenarios, factors, missing } = clearingReport(book, {
      prices: swings(0.3),
      horizonSeconds: HOUR,
    });
    // Returns of 0.3 and -0.3 by turns.
    expect(factors).toEqual([{ name: 'ETH', deviation: expect.closeTo(0.3, 1) }]);
    expect(missing).toEqual([]);
    // One factor, three multiples, either way, with three moves of volatility.
    expect(view.scenarios).toBe(18);
    const { moves } = scenarios.get(view.binding!.index)!;
    expect(moves).toEqual([
      { what: 'ETH', move: expect.closeTo(Math.expm1(-6 * factors[0]!.deviation!), 9) },
    ]);
    expect([...scenarios.keys()].sort()).toEqual(
      [...new Set([view.binding!.index, ...view.apart.map(({ index }) => index)])].sort(),
    );
  });

  it('moves prices by plain shares where no deviation is known, and says so', () => {
    const plain = clearingReport(book, { prices: undefined, horizonSeconds: HOUR });
    expect(plain.factors).toEqual([{ name: 'ETH', deviation: undefined }]);
    expect(plain.missing).toEqual([expect.stringMatching(/^No deviations are known/)]);
    expect(plain.view.scenarios).toBe(24);
    const still = clearingReport(book, { prices: swings(0), horizonSeconds: HOUR });
    expect(still.missing[0]).toBe('ETH: its prices never move.');
    expect(() => clearingReport(book, { prices: swings(0.3), horizonSeconds: 5_000 })).toThrow('whole steps');
  });
});
