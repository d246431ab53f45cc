import { isLiquidatableExact, type AccountRow } from '@undertow/book';
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
import { handMadeView } from './fixtures/hand-made-view.ts';
import type { CascadeResult } from './result.ts';
import { ruleOf } from './rules.ts';
import { simulate } from './simulate.ts';

const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'WETH', priceUsd: 3_000, decimals: 18, liquidity: 200_000, feeRatio: 0.003 },
  { symbol: 'WBTC', priceUsd: 60_000, decimals: 8, liquidity: 50_000, feeRatio: 0.003 },
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
];
const weth = handMadeAddress(0);
const [THRESHOLDS, BONUS] = [{ WETH: 0.825, WBTC: 0.75, USDC: 0.8 }, 0.05] as const;

/** Amounts with few digits, so that raw units are the same numbers. */
const usd = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((cents) => cents / 100);

/** Worth `valueUsd` of an asset, to six digits. */
const leg = (asset: keyof typeof THRESHOLDS, valueUsd: number, isDebt = false) => {
  const units = Math.round((valueUsd / ASSETS.find(({ symbol }) => symbol === asset)!.priceUsd) * 1e6) / 1e6;
  if (isDebt) return { asset, amount: -units };
  return { asset, amount: units, threshold: THRESHOLDS[asset], bonus: BONUS, protocolFee: 0.1 };
};

/** An account at some venue with a health factor from about 0.9 to 1.6. */
const accountArbitrary: fc.Arbitrary<HandMadeAccount> = fc
  .record({
    venue: fc.constantFrom('aave30' as const, 'aave36' as const, 'morpho' as const),
    wethUsd: usd(100, 100_000),
    wbtcUsd: fc.option(usd(100, 100_000), { nil: 0 }),
    owesWbtc: fc.boolean(),
    load: fc.double({ min: 0.5, max: 0.9, noNaN: true }),
  })
  .map(({ venue, wethUsd, wbtcUsd, owesWbtc, load }) => {
    const isPair = venue === 'morpho';
    const collateral =
      isPair || wbtcUsd === 0 ? [leg('WETH', wethUsd)] : [leg('WETH', wethUsd), leg('WBTC', wbtcUsd)];
    const debtUsd = (isPair ? wethUsd : wethUsd + wbtcUsd) * load;
    const debts =
      !isPair && owesWbtc
        ? [leg('WBTC', debtUsd * 0.3, true), leg('USDC', debtUsd * 0.7, true)]
        : [leg('USDC', debtUsd, true)];
    return { venue, legs: [...collateral, ...debts] };
  });
const accountsArbitrary = fc.array(accountArbitrary, { minLength: 1, maxLength: 30 });
/** Relative distance from the line: mostly within rounding, sometimes far. */
const awayArbitrary = fc.oneof(
  fc.double({ min: -1e-8, max: 1e-8, noNaN: true }),
  fc.double({ min: -1e-5, max: 1e-5, noNaN: true }),
  fc.double({ min: -0.02, max: 0.02, noNaN: true }),
);
const shockArbitrary = fc.double({ min: -0.5, max: -0.01, noNaN: true });

const close = (a: number, b: number, scale: number) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, scale));

describe('simulate', () => {
  test('no shock on a healthy book changes nothing', () => {
    fc.assert(
      fc.property(accountsArbitrary, (accounts) => {
        const book = handMadeBook(ASSETS, accounts);
        const answers = book.exact.answer;
        const healthy = accounts.filter((_, row) => !isLiquidatableExact(book, row as AccountRow, answers));
        const result = simulate(handMadeBook(ASSETS, healthy), { shocks: {} });
        expect(result).toMatchObject({
          rounds: [],
          accounts: 0,
          liquidatedUsd: 0,
          badDebtUsd: 0,
          liquidatorProfitUsd: 0,
        });
        for (const path of result.byAsset) expect(path.priceAfterUsd).toBe(path.priceBeforeUsd);
      }),
    );
  });

  test('units are conserved: what is seized is sold, kept by the protocol or stays unsold', () => {
    fc.assert(
      fc.property(accountsArbitrary, shockArbitrary, (accounts, shock) => {
        const onlyUsdcDebt = accounts.map(({ venue, legs }) => ({
          venue,
          legs: legs.filter(({ asset, amount }) => !(asset === 'WBTC' && amount < 0)),
        }));
        const result = simulate(handMadeBook(ASSETS, onlyUsdcDebt), { shocks: { [weth]: shock } });
        for (const path of result.byAsset.filter(({ symbol }) => symbol !== 'USDC')) {
          const kept = path.seized * (BONUS / (1 + BONUS)) * 0.1;
          close(path.seized, path.sold + path.unsold + kept, path.seized);
          expect(path.bought).toBe(0);
        }
        close(sum(result, 'liquidatedUsd'), result.liquidatedUsd, result.liquidatedUsd);
        close(sum(result, 'badDebtUsd'), result.badDebtUsd, result.liquidatedUsd);
      }),
    );
  });

  test('the order of accounts changes nothing but rounding', () => {
    fc.assert(
      fc.property(accountsArbitrary, shockArbitrary, (accounts, shock) => {
        const there = simulate(handMadeBook(ASSETS, accounts), { shocks: { [weth]: shock } });
        const back = simulate(handMadeBook(ASSETS, accounts.toReversed()), { shocks: { [weth]: shock } });
        expect(back.rounds.map(({ accounts }) => accounts)).toEqual(
          there.rounds.map(({ accounts }) => accounts),
        );
        close(back.liquidatedUsd, there.liquidatedUsd, there.liquidatedUsd);
        close(back.badDebtUsd, there.badDebtUsd, there.liquidatedUsd);
      }),
    );
  });

  test('scaling all amounts and all depth leaves ratios as they are', () => {
    fc.assert(
      fc.property(accountsArbitrary, shockArbitrary, (accounts, shock) => {
        // Release 3.6 has limits in dollars, which do not scale.
        const scalable = accounts.filter(({ venue }) => venue !== 'aave36');
        const tenfold = scalable.map(({ venue, legs }) => {
          return { venue, legs: legs.map((own) => ({ ...own, amount: own.amount * 10 })) };
        });
        const deep = ASSETS.map((asset) =>
          asset.liquidity ? { ...asset, liquidity: asset.liquidity * 10 } : asset,
        );
        const small = simulate(handMadeBook(ASSETS, scalable), { shocks: { [weth]: shock } });
        const large = simulate(handMadeBook(deep, tenfold), { shocks: { [weth]: shock } });
        expect(large.accounts).toBe(small.accounts);
        close(large.liquidatedUsd / 10, small.liquidatedUsd, small.liquidatedUsd);
        close(large.byAsset[0]!.priceAfterUsd, small.byAsset[0]!.priceAfterUsd, 3_000);
      }),
    );
  });

  test('a larger drop never makes fewer accounts due in the first round', () => {
    fc.assert(
      fc.property(accountsArbitrary, shockArbitrary, shockArbitrary, (accounts, one, other) => {
        // Only WETH can fall below its debt here; an average that is floored may rise when WETH falls.
        const onlyWeth = accounts.map(({ venue, legs }) => ({
          venue,
          legs: legs.filter(({ asset }) => asset !== 'WBTC'),
        }));
        const book = handMadeBook(ASSETS, onlyWeth);
        const firstOwners = (shock: number) =>
          simulate(book, { shocks: { [weth]: shock } })
            .byAccount.filter(({ firstRound }) => firstRound === 1)
            .map(({ owner }) => owner);
        const smaller = firstOwners(Math.max(one, other));
        const larger = new Set(firstOwners(Math.min(one, other)));
        expect(smaller.filter((owner) => !larger.has(owner))).toEqual([]);
      }),
    );
  });
});

/** WETH and what hangs on it, one redeemable, one with a pool of its own, a perpetual; puts and calls on it; three funds. */
const MANY: readonly HandMadeAsset[] = [
  ...ASSETS,
  { symbol: 'staked', priceUsd: 3_600, decimals: 18, derivedFrom: { asset: 'WETH' } },
  {
    ...{ symbol: 'pooled', priceUsd: 3_300, decimals: 18, liquidity: 40_000, quote: 'WETH' },
    derivedFrom: { asset: 'WETH', isRedeemable: false },
  },
  { symbol: 'MUSD', priceUsd: 1, decimals: 18, isFixed: true },
  ...marginAssets(3_000, 20_000),
];
const REST: HandMadeRest = {
  // What decides near the line. Of a position: least ratio, scale of answers, gas compensation. Of an option: strike, expiry, rate, scale of answers, least margins, shocks of volatility and spot.
  marketState: {
    ...marginState,
    'cdp WETH': [11n * 10n ** 17n, 10n ** 10n, 200n],
    'option WETH': [
      ...[3_000n * 10n ** 18n, 1_800_000_000n, 0n, 10n ** 10n, 0n, 0n],
      ...[2n * 10n ** 18n, 1_209_600n, 10n ** 18n, 2_419_200n, 12n * 10n ** 17n, 8n * 10n ** 17n],
    ],
  },
  funds: [
    { venue: 'aave36', kind: 'deficit', asset: 'USDC', amount: -50 },
    { venue: 'cdp', kind: 'stability-pool', asset: 'MUSD', amount: 60_000 },
    // Never dry: then it would depend on the order of accounts for whom it still pays.
    { venue: 'perpetual', kind: 'insurance-fund', asset: 'USDC', amount: 1e12 },
  ],
  instruments: [true, false].map((isCall) => ({
    ...{ venue: 'option', id: isCall ? 'call' : 'put', underlying: 'WETH', isCall, strikeUsd: 3_000 },
    ...{ expiry: 1_800_000_000, spotUsd: [1_500, 3_000, 4_500], volatilityFactor: [1, 2] },
    valueUsd: (spot, volatility) => 100 * volatility + Math.max(0, isCall ? spot - 3_000 : 3_000 - spot),
    marginUsd: (spot, volatility) => 400 * volatility + Math.max(0, isCall ? spot - 3_000 : 3_000 - spot),
  })),
};

/** Accounts that hold WETH or what hangs on it, owe a stability pool's token, have written options, or have positions. */
const manyArbitrary: fc.Arbitrary<HandMadeAccount[]> = fc.array(
  fc.oneof(
    accountArbitrary,
    fc
      .record({
        venue: fc.constantFrom('aave30' as const, 'aave36' as const, 'morpho' as const),
        asset: fc.constantFrom('staked', 'pooled'),
        amount: usd(1, 50),
        load: fc.double({ min: 0.5, max: 0.9, noNaN: true }),
      })
      .map(({ venue, asset, amount, load }): HandMadeAccount => {
        const debt = Math.round(amount * load * 3_400);
        const collateral = { asset, amount, threshold: 0.8, bonus: BONUS, protocolFee: 0.1 };
        return { venue, legs: [collateral, { asset: 'USDC', amount: -debt }] };
      }),
    fc
      .record({ units: usd(1, 40), load: fc.double({ min: 0.5, max: 0.95, noNaN: true }) })
      .map(({ units, load }): HandMadeAccount => {
        const collateral = { asset: 'WETH', amount: units, threshold: 1 / 1.1 };
        const debt = { asset: 'MUSD', amount: -Math.round(units * 3_000 * load) };
        return { venue: 'cdp', state: [BigInt(Math.round(units * 100))], legs: [collateral, debt] };
      }),
    fc
      .record({ id: fc.constantFrom('call', 'put'), contracts: usd(1, 20), load: usd(1, 5) })
      .map(({ id, contracts, load }): HandMadeAccount => {
        const written = { asset: 'WETH', amount: -contracts, instrument: id };
        return {
          venue: 'option',
          state: [BigInt(OPTION_TYPES.indexOf(id === 'call' ? 'short-call-quote' : 'short-put-quote'))],
          legs: [{ asset: 'USDC', amount: Math.round(contracts * 400 * load), threshold: 1 }, written],
        };
      }),
    fc
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
        const margin = (Math.abs(size) * 3_000) / leverage;
        const weth = (margin * wethShare) / 3_000;
        return marginAccount({ cash: margin * (1 - wethShare), size, openedUsd: 3_000 * opened, weth });
      }),
  ),
  { minLength: 5, maxLength: 30 },
);
const manyScenario = fc.record({
  weth: fc.double({ min: -0.5, max: 0.5, noNaN: true }),
  depeg: fc.double({ min: -0.3, max: 0.05, noNaN: true }),
  volatilityShock: fc.double({ min: -0.3, max: 0.5, noNaN: true }),
});

describe('simulate over derived assets, options and funds', () => {
  const run = (
    accounts: readonly HandMadeAccount[],
    shock: { weth: number; depeg: number; volatilityShock: number },
  ) =>
    simulate(handMadeBook(MANY, accounts, REST), {
      shocks: { [weth]: shock.weth, [handMadeAddress(4)]: shock.depeg },
      volatilityShock: shock.volatilityShock,
    });

  test('contagion adds up to the losses of each venue, and the first round is the shock’s', () => {
    let later = 0;
    const [causes, victims] = [new Set<string>(), new Set<string>()];
    fc.assert(
      fc.property(manyArbitrary, manyScenario, (accounts, shock) => {
        const result = run(accounts, shock);
        for (const row of result.contagion.filter(({ cause }) => cause !== 'shock')) {
          causes.add(row.cause);
          victims.add(row.venue);
        }
        for (const { venue, liquidatedUsd, badDebtUsd } of result.byVenue) {
          const rows = result.contagion.filter((row) => row.venue === venue);
          for (const row of rows)
            expect(Math.min(row.liquidatedUsd, row.badDebtUsd)).toBeGreaterThanOrEqual(0);
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
        expect(new Set(result.contagion.map(({ venue }) => venue)).size).toBeLessThanOrEqual(
          result.byVenue.length,
        );
      }),
      { numRuns: 400 },
    );
    expect(later).toBeGreaterThan(50);
    // Options that are backed by cash sell nothing when they are closed.
    expect([...causes].sort()).toEqual(['aave30', 'aave36', 'cdp', 'morpho', 'perpetual']);
    expect([...victims].sort()).toEqual([...causes, 'option'].sort());
  });

  test('the waterfall adds up to the bad debt of each venue, and its funds to the losses of the funds', () => {
    const bearing = new Set<string>();
    fc.assert(
      fc.property(manyArbitrary, manyScenario, (accounts, shock) => {
        const result = run(accounts, shock);
        for (const { venue, lossUsd, fundUsd, socialisedUsd, leftUsd } of result.waterfall) {
          expect(lossUsd).toBe(fundUsd + socialisedUsd + leftUsd);
          const losses = result.byVenue.find((row) => row.venue === venue)!;
          close(lossUsd, losses.badDebtUsd, lossUsd);
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
          else close(drawnUsd, paidUsd - receivedUsd, paidUsd + receivedUsd + 1e12);
          expect(lossUsd).toBeLessThanOrEqual((paidUsd + 1e-6) * (1 + 1e-9));
        }
        const left = result.waterfall.find(({ venue }) => venue === 'aave36');
        expect([left?.fundUsd ?? 0, left?.socialisedUsd ?? 0]).toEqual([0, 0]);
        const recorded = left?.leftUsd ?? 0;
        const owedUsdc = accounts.every(({ legs }) =>
          legs.every(({ asset, amount }) => amount > 0 || asset !== 'WBTC'),
        );
        if (owedUsdc) close(result.funds[0]!.drawnUsd, recorded, recorded);
      }),
    );
    expect([...bearing].sort()).toEqual(['cdp', 'perpetual']);
  });

  test('what hangs on an asset keeps its ratio, unless its own pool was traded', () => {
    fc.assert(
      fc.property(manyArbitrary, manyScenario, (accounts, shock) => {
        const [wethPath, , , staked, pooled] = run(accounts, shock).byAsset;
        close(staked!.priceAfterUsd / wethPath!.priceAfterUsd, 1.2, 1);
        const ratio = pooled!.priceAfterUsd / wethPath!.priceAfterUsd / (1.1 * (1 + shock.depeg));
        if (pooled!.sold === 0) close(ratio, 1, 1);
        else expect(ratio).toBeLessThan(1);
      }),
    );
  });

  test('the order of accounts changes nothing but rounding', () => {
    fc.assert(
      fc.property(manyArbitrary, manyScenario, (all, shock) => {
        // A stability pool's venue liquidates one after the other, of equals the first in the book, never the last.
        const accounts = all.filter(({ venue }) => venue !== 'cdp');
        const there = run(accounts, shock);
        const back = run(accounts.toReversed(), shock);
        expect(back.rounds.length).toBe(there.rounds.length);
        // Hairs of a share may be there in one order and not in the other.
        const contagion = (result: CascadeResult) =>
          new Map(
            result.contagion.map((row) => [`${row.venue} ${row.cause} ${row.symbol}`, row.liquidatedUsd]),
          );
        const [ours, others] = [contagion(there), contagion(back)];
        for (const [key, usd] of ours) close(others.get(key) ?? 0, usd, there.liquidatedUsd);
        close(back.liquidatorProfitUsd, there.liquidatorProfitUsd, there.liquidatedUsd);
      }),
    );
  });
});

describe('ruleOf', () => {
  test('decides as the exact integer function does, near the line and far from it', () => {
    fc.assert(
      fc.property(accountsArbitrary, awayArbitrary, (accounts, away) => {
        const plain = handMadeBook(ASSETS, accounts);
        for (let row = 0; row < plain.accounts.count; row++) {
          // A WETH price at which this account's health is within a hair of 1.
          const { collateral, debt } = sidesUsd(plain, row);
          const factor = ((debt - collateral.other) / collateral.weth) * (1 + away);
          if (factor <= 0) continue;
          const wethAnswer = BigInt(Math.round(Number(plain.exact.answer[0]!) * factor));
          const answers = [wethAnswer, ...plain.exact.answer.slice(1)];
          const oraclePriceUsd = Float64Array.from(answers, (answer) => Number(answer) / 1e8);
          const venue = plain.venues[plain.accounts.venue[row]!]!;
          const view = { ...handMadeView(plain), oraclePriceUsd, exactAnswers: answers };
          const exact = isLiquidatableExact(plain, row as AccountRow, answers);
          expect(ruleOf(venue).isDue(view, row as AccountRow)).toBe(exact);
          // Without the integers the float alone is right but for a few parts in 1e6 (or a whole basis point).
          const isNear = Math.abs(away) < (venue.version === '3.0' ? 5e-4 : 2e-6);
          if (!isNear)
            expect(ruleOf(venue).isDue({ ...view, exactAnswers: undefined }, row as AccountRow)).toBe(exact);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Threshold-weighted WETH collateral, other collateral, and debt, USD. */
function sidesUsd(book: ReturnType<typeof handMadeBook>, row: number) {
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

function sum({ rounds }: CascadeResult, field: 'liquidatedUsd' | 'badDebtUsd'): number {
  return rounds.reduce((total, round) => total + round[field], 0);
}
