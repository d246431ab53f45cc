import { OPTION_TYPES } from '@undertow/market';
import fc from 'fast-check';
import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
  type HandMadeRest,
} from './fixtures/hand-made-book.ts';
import { marginAccount, marginAssets, marginState } from './fixtures/hand-made-margin.ts';
import { cents, lendingAccount, RANDOM_ASSETS, RANDOM_BONUS } from './fixtures/random-books.ts';
import type { CascadeResult } from './result.ts';
import { simulate } from './simulate.ts';

/** WETH and what hangs on it, one redeemable, one with a pool of its own, a perpetual; puts and calls on it; three funds. */
const MANY: readonly HandMadeAsset[] = [
  ...RANDOM_ASSETS,
  { symbol: 'staked', priceUsd: 3_600, decimals: 18, tie: { to: 'WETH' } },
  {
    symbol: 'pooled',
    priceUsd: 3_300,
    decimals: 18,
    liquidity: 40_000,
    quote: 'WETH',
    tie: { kind: 'pegged', to: 'WETH', capacity: 0 },
  },
  { symbol: 'MUSD', priceUsd: 1, decimals: 18, oracle: 'constant', tie: {} },
  ...marginAssets(3_000, 20_000),
];
const REST: HandMadeRest = {
  // What decides near the line. Of a position: least ratio, scale of answers. Of an option: strike, expiry, rate, scale of answers, least margins, shocks of volatility and spot.
  marketState: {
    ...marginState,
    'cdp WETH': [11n * 10n ** 17n, 10n ** 10n],
    'option WETH': [
      ...[3_000n * 10n ** 18n, 1_800_000_000n, 0n, 10n ** 10n, 0n, 0n],
      ...[2n * 10n ** 18n, 1_209_600n, 10n ** 18n, 2_419_200n, 12n * 10n ** 17n, 8n * 10n ** 17n],
    ],
  },
  funds: [
    { venue: 'aave36', kind: 'deficit', asset: 'USDC', amount: -50 },
    { venue: 'cdp', kind: 'stability-pool', asset: 'MUSD', amount: 60_000 },
    { venue: 'perpetual', kind: 'insurance-fund', asset: 'USDC', amount: 5_000 },
  ],
  instruments: [true, false].map((isCall) => ({
    venue: 'option',
    id: isCall ? 'call' : 'put',
    underlying: 'WETH',
    isCall,
    strikeUsd: 3_000,
    expiry: 1_800_000_000,
    spotUsd: [1_500, 3_000, 4_500],
    volatilityFactor: [1, 2],
    valueUsd: (spot, volatility) => 100 * volatility + Math.max(0, isCall ? spot - 3_000 : 3_000 - spot),
    marginUsd: (spot, volatility) => 400 * volatility + Math.max(0, isCall ? spot - 3_000 : 3_000 - spot),
  })),
};

const tiedCollateral = fc
  .record({
    venue: fc.constantFrom('aave30' as const, 'aave36' as const, 'morpho' as const),
    asset: fc.constantFrom('staked', 'pooled'),
    amount: cents(1, 50),
    load: fc.double({ min: 0.5, max: 0.9, noNaN: true }),
  })
  .map(({ venue, asset, amount, load }): HandMadeAccount => {
    const debt = Math.round(amount * load * 3_400);
    const collateral = { asset, amount, threshold: 0.8, bonus: RANDOM_BONUS, protocolFee: 0.1 };
    return { venue, legs: [collateral, { asset: 'USDC', amount: -debt }] };
  });
const debtPosition = fc
  .record({ units: cents(1, 40), load: fc.double({ min: 0.5, max: 0.95, noNaN: true }) })
  .map(({ units, load }): HandMadeAccount => {
    const collateral = { asset: 'WETH', amount: units, threshold: 1 / 1.1 };
    const debt = { asset: 'MUSD', amount: -Math.round(units * 3_000 * load) };
    return { venue: 'cdp', stake: units, legs: [collateral, debt] };
  });
const writtenOption = fc
  .record({ id: fc.constantFrom('call', 'put'), contracts: cents(1, 20), load: cents(1, 5) })
  .map(({ id, contracts, load }): HandMadeAccount => {
    const written = { asset: 'WETH', amount: -contracts, instrument: id };
    const type = id === 'call' ? 'short-call-quote' : 'short-put-quote';
    return {
      venue: 'option',
      state: [BigInt(OPTION_TYPES.indexOf(type))],
      legs: [
        { asset: 'USDC', amount: Math.round(contracts * 400 * load), threshold: 1, role: 'collateral' },
        written,
      ],
    };
  });
const margin = fc
  .record({
    size: fc.oneof(
      fc.double({ min: 0.5, max: 40, noNaN: true }),
      fc.double({ min: -40, max: -0.5, noNaN: true }),
    ),
    leverage: fc.double({ min: 1, max: 12, noNaN: true }),
    opened: fc.double({ min: 0.9, max: 1.1, noNaN: true }),
    wethShare: fc.constantFrom(0, 0.5, 2),
  })
  .map(({ size, leverage, opened, wethShare }): HandMadeAccount => {
    const marginUsd = (Math.abs(size) * 3_000) / leverage;
    const weth = (marginUsd * wethShare) / 3_000;
    return marginAccount({ cash: marginUsd * (1 - wethShare), size, openedUsd: 3_000 * opened, weth });
  });

/** Accounts at every venue, each with an owner of its own. */
const everywhere: fc.Arbitrary<HandMadeAccount[]> = fc
  .array(fc.oneof(lendingAccount(), tiedCollateral, debtPosition, writtenOption, margin), {
    minLength: 5,
    maxLength: 24,
  })
  .map((accounts) => accounts.map((account, i) => ({ ...account, owner: handMadeAddress(5_000 + i) })));
const shocks = fc.record({
  weth: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  depeg: fc.double({ min: -0.3, max: 0.05, noNaN: true }),
  volatilityMove: fc.double({ min: -0.3, max: 0.5, noNaN: true }),
});

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

test('the order of accounts and of assets changes nothing but rounding, over all mechanisms', () => {
  fc.assert(
    fc.property(everywhere, shocks, fc.boolean(), (accounts, shock, isReversed) => {
      const there = run(accounts, shock);
      const back = run(accounts.toReversed(), shock, isReversed ? MANY.toReversed() : MANY);
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
