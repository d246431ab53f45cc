import { isDue, ownValues, type AccountRow, type Book } from '@undertow/book';
import fc from 'fast-check';
import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
} from './fixtures/hand-made-book.ts';
import {
  lendingAccount,
  lendingAccounts,
  RANDOM_ASSETS,
  RANDOM_BONUS,
  randomFall,
  randomLeg,
} from './fixtures/random-books.ts';
import { handMadeView } from './fixtures/hand-made-view.ts';
import type { CascadeResult } from './result.ts';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

/** By symbol, as assets may have other addresses in another book. */
const falling = (symbol: string, move: number): Scenario => ({
  moves: [{ kind: 'reference', symbol, move }],
});
const one = { band: false } as const;

const close = (a: number, b: number, scale: number) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, scale));

/** What must be the same in two runs whose books say the same of the world. */
function expectSame(actual: CascadeResult, expected: CascadeResult): void {
  const scale = expected.liquidatedUsd + expected.lossUsd + expected.stuckUsd;
  expect(actual.rounds.map(({ accounts }) => accounts)).toEqual(
    expected.rounds.map(({ accounts }) => accounts),
  );
  for (const field of [
    'liquidatedUsd',
    'repaidUsd',
    'badDebtUsd',
    'shortfallUsd',
    'lossAtSaleUsd',
    'stuckUsd',
  ] as const)
    close(actual[field], expected[field], scale);
}

const sum = ({ rounds }: CascadeResult, field: 'liquidatedUsd' | 'badDebtUsd') =>
  rounds.reduce((total, round) => total + round[field], 0);

describe('what must hold of every book', () => {
  test('no shock on a healthy book changes nothing', () => {
    fc.assert(
      fc.property(lendingAccounts(), (accounts) => {
        const values = ownValues(handMadeBook(RANDOM_ASSETS, accounts));
        const healthy = accounts.filter((_, row) => !isDue(values, row as AccountRow));
        const result = simulate(handMadeBook(RANDOM_ASSETS, healthy), { moves: [] });
        expect(result).toMatchObject({ rounds: [], accounts: 0, lossAtSaleUsd: 0, stuckUsd: 0 });
        for (const path of result.byAsset) expect(path.marketAfterUsd).toBe(path.marketBeforeUsd);
      }),
      { numRuns: 300 },
    );
  });

  test('units are conserved: what is seized is sold, kept by the protocol or stays unsold', () => {
    fc.assert(
      fc.property(lendingAccounts(), randomFall, (accounts, move) => {
        const onlyUsdcDebt = accounts.map((account) => ({
          ...account,
          legs: account.legs.filter(({ asset, amount }) => !(asset === 'WBTC' && amount < 0)),
        }));
        const result = simulate(handMadeBook(RANDOM_ASSETS, onlyUsdcDebt), falling('WETH', move), one);
        for (const path of result.byAsset.filter(({ symbol }) => symbol !== 'USDC')) {
          const kept = path.seized * (RANDOM_BONUS / (1 + RANDOM_BONUS)) * 0.1;
          close(path.seized, path.sold + path.unsold + kept, path.seized);
          expect(path.bought).toBe(0);
        }
        close(sum(result, 'liquidatedUsd'), result.liquidatedUsd, result.liquidatedUsd);
        close(sum(result, 'badDebtUsd'), result.badDebtUsd, result.liquidatedUsd);
        close(result.lossUsd, result.badDebtUsd + result.shortfallUsd, result.lossUsd);
        const byMarket = result.byMarket.reduce((total, market) => total + market.lossUsd, 0);
        close(byMarket, result.lossUsd, result.lossUsd);
      }),
      { numRuns: 300 },
    );
  });

  test('liquidators never lose, and nobody pays more than what is seized brings', () => {
    fc.assert(
      fc.property(lendingAccounts(), fc.double({ min: -0.6, max: 1, noNaN: true }), (accounts, move) => {
        for (const oracles of ['between', 'within'] as const) {
          const scenario: Scenario = { ...falling('WBTC', move), policies: { oracles } };
          const result = simulate(handMadeBook(RANDOM_ASSETS, accounts), scenario, one);
          expect(result.liquidatorProfitUsd).toBeGreaterThanOrEqual(0);
          for (const path of result.byAsset) {
            expect(Number.isFinite(path.marketAfterUsd)).toBe(true);
            // All that anybody bought was paid for with what was seized: the last price is bounded by that.
            expect(path.unbought).toBe(0);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('the order of accounts, legs, assets and their names change nothing but rounding', () => {
    const permutation = fc.record({
      legs: fc.boolean(),
      accounts: fc.boolean(),
      assets: fc.boolean(),
      names: fc.boolean(),
    });
    fc.assert(
      fc.property(lendingAccounts(), randomFall, permutation, (accounts, move, by) => {
        const there = simulate(handMadeBook(RANDOM_ASSETS, accounts), falling('WETH', move), one);
        const rename = (symbol: string) => (by.names ? `x${symbol}` : symbol);
        const assets = RANDOM_ASSETS.map((asset): HandMadeAsset => ({
          ...asset,
          symbol: rename(asset.symbol),
          quote: rename('USDC'),
        }));
        const changed = accounts.map((account): HandMadeAccount => {
          const legs = account.legs.map((leg) => ({ ...leg, asset: rename(leg.asset) }));
          // A pair of a hand-made book is named by its first leg.
          return { ...account, legs: by.legs && account.venue !== 'morpho' ? legs.toReversed() : legs };
        });
        const book = handMadeBook(
          by.assets ? assets.toReversed() : assets,
          by.accounts ? changed.toReversed() : changed,
        );
        expectSame(simulate(book, falling(rename('WETH'), move), one), there);
      }),
      { numRuns: 200 },
    );
  });

  test('listing a leg in parts changes nothing', () => {
    const cuts = fc.array(fc.record({ at: fc.nat(), part: fc.double({ min: 0, max: 1, noNaN: true }) }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(lendingAccounts(), randomFall, cuts, (accounts, move, places) => {
        const there = simulate(handMadeBook(RANDOM_ASSETS, accounts), falling('WETH', move));
        const split = accounts.map((account) => ({ ...account, legs: [...account.legs] }));
        for (const { at, part } of places) {
          const { legs } = split[at % split.length]!;
          const place = at % legs.length;
          const leg = legs[place]!;
          const amount = Math.round(leg.amount * part * 1e6) / 1e6;
          const isOwed = leg.amount < 0 || leg.isOwed === true;
          legs[place] = { ...leg, amount, isOwed };
          // Its parts need not lie side by side.
          legs.push({
            ...leg,
            amount: Math.round((leg.amount - amount) * 1e6) / 1e6,
            isOwed: leg.amount < 0,
          });
        }
        const book = handMadeBook(RANDOM_ASSETS, split);
        const here = simulate(book, falling('WETH', move));
        expectSame(here, there);
        expect(here.bookHash).toBe(book.hash);
        expect(here.byAccount.map(({ owner, stuck }) => [owner, stuck])).toEqual(
          there.byAccount.map(({ owner, stuck }) => [owner, stuck]),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('scaling all amounts and all depth scales all money', () => {
    fc.assert(
      fc.property(lendingAccounts(), randomFall, fc.constantFrom(0.1, 7, 1_000), (accounts, move, factor) => {
        // Release 3.6 has limits in dollars, which do not scale.
        const small = accounts.filter(({ venue }) => venue !== 'aave36');
        const large = small.map((account) => ({
          ...account,
          legs: account.legs.map((leg) => ({ ...leg, amount: leg.amount * factor })),
        }));
        const deep = RANDOM_ASSETS.map((asset) =>
          asset.liquidity ? { ...asset, liquidity: asset.liquidity * factor } : asset,
        );
        const before = simulate(handMadeBook(RANDOM_ASSETS, small), falling('WETH', move), one);
        const after = simulate(handMadeBook(deep, large), falling('WETH', move), one);
        expect(after.accounts).toBe(before.accounts);
        for (const field of ['liquidatedUsd', 'lossUsd', 'lossAtSaleUsd', 'stuckUsd'] as const)
          close(after[field] / factor, before[field], before.liquidatedUsd + before.lossAtSaleUsd);
        close(after.byAsset[0]!.marketAfterUsd, before.byAsset[0]!.marketAfterUsd, 3_000);
      }),
      { numRuns: 300 },
    );
  });

  test('a larger fall never makes fewer accounts due in the first round', () => {
    fc.assert(
      fc.property(lendingAccounts(), randomFall, randomFall, (accounts, first, second) => {
        // Only WETH can fall below its debt here; an average that is floored may rise when WETH falls.
        const onlyWeth = accounts.map((account) => ({
          ...account,
          legs: account.legs.filter(({ asset }) => asset !== 'WBTC'),
        }));
        const book = handMadeBook(RANDOM_ASSETS, onlyWeth);
        const dueAt = (move: number) => {
          const view = handMadeView(book, { priceUsd: { WETH: 3_000 * (1 + move) } });
          return book.accounts.owner.filter((_, row) => isDue(view, row as AccountRow));
        };
        const larger = new Set(dueAt(Math.min(first, second)));
        expect(dueAt(Math.max(first, second)).filter((owner) => !larger.has(owner))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

/** Debts in dollars alone: what is owed is not worth less for being sold. */
const inDollars = lendingAccounts(
  lendingAccount().map((account) => ({
    ...account,
    legs: account.legs.filter(({ asset, amount }) => amount > 0 || asset === 'USDC'),
  })),
);
const deepened = (factor: number): HandMadeAsset[] =>
  RANDOM_ASSETS.map((asset) => (asset.liquidity ? { ...asset, liquidity: asset.liquidity * factor } : asset));

describe('what makes no loss larger', () => {
  test('one more account that stays healthy', () => {
    const safe: HandMadeAccount = {
      venue: 'aave30',
      owner: handMadeAddress(9_999),
      legs: [randomLeg('WETH', 50_000), randomLeg('USDC', 500, true)],
    };
    fc.assert(
      fc.property(lendingAccounts(), randomFall, fc.nat(20), (accounts, move, place) => {
        const without = simulate(handMadeBook(RANDOM_ASSETS, accounts), falling('WETH', move), one);
        const book = handMadeBook(RANDOM_ASSETS, accounts.toSpliced(place, 0, safe));
        expectSame(simulate(book, falling('WETH', move), one), without);
      }),
      { numRuns: 300 },
    );
  });

  test('more depth, where one account is liquidated', () => {
    const account = inDollars.map((accounts) => accounts.slice(0, 1));
    fc.assert(
      fc.property(
        account,
        randomFall,
        fc.double({ min: -4, max: 0, noNaN: true }),
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        (accounts, move, thin, more) => {
          const lossAt = (exponent: number) =>
            simulate(handMadeBook(deepened(10 ** exponent), accounts), falling('WETH', move), one)
              .lossAtSaleUsd;
          const [shallow, deep] = [lossAt(thin), lossAt(thin + more)];
          expect(deep).toBeLessThanOrEqual(shallow * (1 + 1e-9) + 1e-6);
        },
      ),
      { numRuns: 300 },
    );
  });

  /**
   * Over many accounts it is no theorem: with more depth one call may take more of one account and leave less to another, as a
   * venue lets half of a debt be repaid at a time. It is counted here how rare and how small that is.
   */
  test('more depth, over many accounts all but always', () => {
    let worse = 0;
    let runs = 0;
    fc.assert(
      fc.property(
        inDollars,
        randomFall,
        fc.double({ min: -2, max: 0, noNaN: true }),
        (accounts, move, thin) => {
          const run = (factor: number) =>
            simulate(handMadeBook(deepened(factor), accounts), falling('WETH', move), one);
          const [shallow, deep] = [run(10 ** thin), run(10 ** thin * 1.5)];
          runs += 1;
          if (deep.lossAtSaleUsd > shallow.lossAtSaleUsd * (1 + 1e-9) + 1e-6) worse += 1;
          expect(deep.lossAtSaleUsd - shallow.lossAtSaleUsd).toBeLessThan(0.05 * (1 + deep.liquidatedUsd));
        },
      ),
      { numRuns: 150, seed: 8 },
    );
    expect(worse / runs).toBeLessThan(0.02);
  });
});

describe('who is due', () => {
  /** Relative distance from the line: mostly within rounding, sometimes far. */
  const away = fc.oneof(
    fc.double({ min: -1e-8, max: 1e-8, noNaN: true }),
    fc.double({ min: -1e-5, max: 1e-5, noNaN: true }),
    fc.double({ min: -0.02, max: 0.02, noNaN: true }),
  );

  test('far from the line floats and integers agree, and touched accounts go by floats', () => {
    fc.assert(
      fc.property(lendingAccounts(), away, (accounts, distance) => {
        const book = handMadeBook(RANDOM_ASSETS, accounts);
        for (let row = 0; row < book.accounts.count; row++) {
          const { collateral, debt } = sidesUsd(book, row);
          // A price of WETH at which this account's health is within a hair of 1.
          const factor = ((debt - collateral.other) / collateral.weth) * (1 + distance);
          if (factor <= 0) continue;
          const moved = { ...ownValues(book), ...pricedAt(book, factor) };
          const isExact = isDue(moved, row as AccountRow);
          const isFloat = isDue(
            { ...moved, isTouched: new Uint8Array(book.accounts.count).fill(1) },
            row as AccountRow,
          );
          const { version } = book.venues[book.accounts.venue[row]!]!;
          if (Math.abs(distance) >= (version === '3.0' ? 5e-4 : 2e-6)) expect(isFloat).toBe(isExact);
          if (Math.abs(distance) >= 1e-2) expect(isExact).toBe(distance < 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Answers and prices with that of WETH multiplied. */
function pricedAt(book: Book, factor: number) {
  const answers = book.exact.answer.with(0, BigInt(Math.round(Number(book.exact.answer[0]!) * factor)));
  const priceUsd = Number(answers[0]!) / 1e8;
  return {
    exactAnswers: () => answers,
    feedAnswer: Float64Array.from(book.feeds, ({ answer }, row) => (row === 0 ? priceUsd : answer)),
    oraclePriceUsd: Float64Array.from(book.oracles, (oracle, row) =>
      row === 0 ? priceUsd : oracle.priceUsd,
    ),
  };
}

/** Threshold-weighted WETH collateral, other collateral, and debt, USD. */
function sidesUsd(book: Book, row: number) {
  const collateral = { weth: 0, other: 0 };
  let debt = 0;
  for (let own = book.accounts.legStart[row]!; own < book.accounts.legStart[row + 1]!; own++) {
    const value = book.legs.amount[own]! * book.oracles[book.legs.oracle[own]!]!.priceUsd;
    if (book.legs.side[own] === -1) debt += value;
    else
      collateral[book.legs.asset[own] === 0 ? 'weth' : 'other'] +=
        value * book.legs.liquidationThreshold[own]!;
  }
  return { collateral, debt };
}
