import fc from 'fast-check';
import { debtPosition, everywhere, margin, MANY, REST, shocks } from './fixtures/every-mechanism.ts';
import { handMadeAddress, handMadeBook, type HandMadeAccount } from './fixtures/hand-made-book.ts';
import type { CascadeResult } from './result.ts';
import { simulate } from './simulate.ts';

interface Shock {
  readonly weth: number;
  readonly depeg: number;
  readonly volatilityMove: number;
}

const run = (accounts: readonly HandMadeAccount[], shock: Shock, assets = MANY): CascadeResult => {
  const book = handMadeBook(assets, accounts, REST);
  const pooled = book.assets.find(({ symbol }) => symbol === 'pooled')!.address;
  return simulate(
    book,
    {
      moves: [
        { kind: 'reference', symbol: 'WETH', move: shock.weth },
        { kind: 'asset', asset: pooled, move: (1 + shock.weth) * (1 + shock.depeg) - 1 },
      ],
      volatilityMove: shock.volatilityMove,
    },
    { band: false },
  );
};

const close = (a: number, b: number, scale: number) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, scale));

test('contagion adds up to the losses of each venue, and the first round is the shock’s', () => {
  let later = 0;
  const [causes, victims] = [new Set<string>(), new Set<string>()];
  fc.assert(
    fc.property(everywhere, shocks, (accounts, shock) => {
      const result = run(accounts, shock);
      for (const row of result.contagion.filter(({ cause }) => cause !== 'shock')) {
        causes.add(row.cause);
        victims.add(row.venue);
      }
      for (const { venue, liquidatedUsd, badDebtUsd } of result.byVenue) {
        const rows = result.contagion.filter((row) => row.venue === venue);
        for (const row of rows) expect(Math.min(row.liquidatedUsd, row.badDebtUsd)).toBeGreaterThanOrEqual(0);
        const total = (field: 'liquidatedUsd' | 'badDebtUsd') =>
          rows.reduce((all, row) => all + row[field], 0);
        close(total('liquidatedUsd'), liquidatedUsd, liquidatedUsd);
        close(total('badDebtUsd'), badDebtUsd, badDebtUsd);
        if (rows.some(({ cause }) => cause !== 'shock')) later++;
        const isFirst = result.rounds
          .slice(1)
          .every((round) => round.byVenue.every((one) => one.venue !== venue));
        if (isFirst) expect(rows.every(({ cause }) => cause === 'shock')).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
  expect(later).toBeGreaterThan(50);
  // Options that are backed by cash sell nothing when they are closed.
  expect([...causes].sort()).toEqual(['aave30', 'aave36', 'cdp', 'morpho', 'perpetual']);
  expect([...victims].sort()).toEqual([...causes, 'option'].sort());
});

test('the waterfall adds up to the losses of each venue, and its funds to the losses of the funds', () => {
  const bearing = new Set<string>();
  fc.assert(
    fc.property(everywhere, shocks, (accounts, shock) => {
      const result = run(accounts, shock);
      for (const { venue, lossUsd, fundUsd, socialisedUsd, leftUsd, openUsd } of result.waterfall) {
        expect(lossUsd).toBe(fundUsd + socialisedUsd + leftUsd + openUsd);
        close(lossUsd, result.byVenue.find((row) => row.venue === venue)!.lossUsd, lossUsd);
      }
      // What funds bear is the same in both tables, by venue, also where a fund pays more or gets something back.
      for (const { id } of handMadeBook([], []).venues) {
        const borne = result.funds.filter(({ venue }) => venue === id).map(({ lossUsd }) => lossUsd);
        const row = result.waterfall.find(({ venue }) => venue === id);
        const byFunds = borne.reduce((all, usd) => all + usd, 0);
        if (byFunds > 0) bearing.add(id);
        close(byFunds, row?.fundUsd ?? 0, result.liquidatedUsd);
      }
      for (const { fund, paidUsd, receivedUsd, drawnUsd, lossUsd } of result.funds) {
        if (fund === 'deficit') expect([paidUsd, receivedUsd, lossUsd]).toEqual([0, 0, 0]);
        else close(drawnUsd, paidUsd - receivedUsd, paidUsd + receivedUsd + 1e6);
        expect(lossUsd).toBeLessThanOrEqual((paidUsd + 1e-6) * (1 + 1e-9));
      }
    }),
    { numRuns: 300 },
  );
  expect([...bearing].sort()).toEqual(['cdp', 'perpetual']);
});

test('what hangs on an asset keeps its ratio, unless its own pool was traded', () => {
  fc.assert(
    fc.property(everywhere, shocks, (accounts, shock) => {
      const [weth, , , staked, pooled] = run(accounts, shock).byAsset;
      close(staked!.marketAfterUsd / weth!.marketAfterUsd, 1.2, 1);
      const ratio = pooled!.marketAfterUsd / weth!.marketAfterUsd / (1.1 * (1 + shock.depeg));
      if (pooled!.sold === 0) close(ratio, 1, 1);
      else expect(ratio).toBeLessThan(1);
    }),
    { numRuns: 200 },
  );
});

/** Assets that keep their addresses wherever they stand. */
const NAMED = MANY.map((asset, row) => ({ ...asset, address: handMadeAddress(row) }));

test('the order of accounts and of assets changes nothing but rounding, over all mechanisms', () => {
  fc.assert(
    fc.property(everywhere, shocks, fc.boolean(), (accounts, shock, isReversed) => {
      const there = run(accounts, shock, NAMED);
      const back = run(accounts.toReversed(), shock, isReversed ? NAMED.toReversed() : NAMED);
      expect(back.rounds.length).toBe(there.rounds.length);
      for (const field of ['liquidatedUsd', 'badDebtUsd', 'lossAtSaleUsd', 'stuckUsd'] as const)
        close(back[field], there[field], there.liquidatedUsd + there.lossAtSaleUsd);
      // Hairs of a share may be there in one order and not in the other.
      const contagion = (result: CascadeResult) =>
        new Map(
          result.contagion.map((row) => [`${row.venue} ${row.cause} ${row.symbol}`, row.liquidatedUsd]),
        );
      const [ours, others] = [contagion(there), contagion(back)];
      for (const [key, usd] of ours) close(others.get(key) ?? 0, usd, there.liquidatedUsd);
      close(back.liquidatorProfitUsd, there.liquidatorProfitUsd, there.liquidatedUsd);
    }),
    { numRuns: 120 },
  );
});

/**
 * No theorem: what an empty fund leaves open stands at the mark, while a fund that can bear it lets it be closed, which moves
 * the mark against positions of the same side. It is counted here how rare and how large a larger loss is.
 */
test('a larger insurance fund seldom makes a loss larger', () => {
  const accounts = fc
    .array(margin, { minLength: 1, maxLength: 12 })
    .map((all) => all.map((account, i) => ({ ...account, owner: handMadeAddress(5_000 + i) })));
  const moves = fc.double({ min: -0.6, max: 0.6, noNaN: true });
  const count = { losing: 0, worse: 0, most: 0 };
  fc.assert(
    fc.property(accounts, moves, fc.nat(200_000), fc.nat(200_000), (all, move, fund, more) => {
      const withFund = (amount: number) =>
        simulate(
          handMadeBook(MANY, all, {
            ...REST,
            funds: [{ venue: 'perpetual', kind: 'insurance-fund', asset: 'USDC', amount }],
          }),
          { moves: [{ kind: 'reference', symbol: 'WETH', move }] },
          { band: false },
        );
      const [less, greater] = [withFund(fund), withFund(fund + more)];
      if (less.lossAtSaleUsd > 0) count.losing += 1;
      const worseBy = greater.lossAtSaleUsd - less.lossAtSaleUsd;
      if (worseBy > 1e-9 * less.lossAtSaleUsd + 1e-6) count.worse += 1;
      count.most = Math.max(count.most, worseBy / (1 + greater.liquidatedUsd));
    }),
    { numRuns: 200, seed: 8 },
  );
  expect(count.losing).toBeGreaterThan(50);
  expect(count.worse).toBeLessThan(20);
  expect(count.most).toBeLessThan(0.2);
});

describe('a larger stability pool', () => {
  const positions = fc
    .array(debtPosition, { minLength: 2, maxLength: 12 })
    .map((accounts) => accounts.map((account, i) => ({ ...account, owner: handMadeAddress(5_000 + i) })));
  const falls = fc.double({ min: -0.6, max: -0.01, noNaN: true });
  const withPool = (accounts: readonly HandMadeAccount[], move: number, amount: number) =>
    simulate(
      handMadeBook(MANY, accounts, {
        ...REST,
        funds: [{ venue: 'cdp', kind: 'stability-pool', asset: 'MUSD', amount }],
      }),
      { moves: [{ kind: 'reference', symbol: 'WETH', move }], policies: { depositors: 'hold' } },
      { band: false },
    );
  const isLarger = (loss: number, than: number) => loss > than * (1 + 1e-9) + 1e-6;

  test('never makes a loss larger where what is redistributed makes nobody else due', () => {
    fc.assert(
      fc.property(positions, falls, fc.nat(300_000), fc.nat(300_000), (accounts, move, pool, more) => {
        const small = withPool(accounts, move, pool);
        fc.pre(small.rounds.length <= 1);
        expect(isLarger(withPool(accounts, move, pool + more).lossUsd, small.lossUsd)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  /**
   * Where redistribution makes others due it is no theorem: a larger pool leaves other positions in other states, each further
   * liquidation takes its half per cent for the liquidator, and the last position is never liquidated. Of 20,000 random books
   * 4 had a larger loss with a larger pool. It is counted here how rare that is.
   */
  test('all but never makes a loss larger where redistribution goes on', () => {
    let worse = 0;
    fc.assert(
      fc.property(positions, falls, fc.nat(300_000), fc.nat(300_000), (accounts, move, pool, more) => {
        const small = withPool(accounts, move, pool);
        fc.pre(small.rounds.length > 1);
        if (isLarger(withPool(accounts, move, pool + more).lossUsd, small.lossUsd)) worse += 1;
      }),
      { numRuns: 20, seed: 8, maxSkipsPerRun: 1_000 },
    );
    expect(worse).toBeLessThanOrEqual(1);
  });
});
