import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
  type HandMadeInstrument,
  type HandMadeLeg,
  type HandMadeRest,
} from '../fixtures/hand-made-book.ts';
import { marginAccount, marginAssets, marginState } from '../fixtures/hand-made-margin.ts';
import type { CascadeResult } from '../result.ts';
import { simulate } from '../simulate.ts';

/** √(x · y) of the pools of WETH and of vETH. */
const LIQUIDITY = 20_000;
const ASSETS: readonly HandMadeAsset[] = [
  { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: LIQUIDITY },
  { symbol: 'USDC', priceUsd: 1, decimals: 6 },
  { symbol: 'MUSD', priceUsd: 1, decimals: 18, oracle: 'constant' },
  ...marginAssets(1_000, LIQUIDITY),
];
const WETH = handMadeAddress(0);

const held = (amount: number): HandMadeLeg => ({ asset: 'WETH', amount, threshold: 0.8, bonus: 0.05 });
const owed = (amount: number): HandMadeLeg => ({ asset: 'USDC', amount: -amount });
const loan = (venue: 'aave30' | 'aave36' | 'morpho', weth: number, usdc: number): HandMadeAccount => ({
  ...{ venue, legs: [held(weth), owed(usdc)] },
});
const cdp = (weth: number, musd: number): HandMadeAccount => ({
  venue: 'cdp',
  stake: weth,
  legs: [
    { asset: 'WETH', amount: weth, threshold: 1 / 1.1 },
    { asset: 'MUSD', amount: -musd },
  ],
});
const writer = (instrument: string, backing: HandMadeLeg, contracts: number): HandMadeAccount => ({
  ...{ venue: 'option', state: [instrument === 'call' ? 2n : 4n] },
  legs: [
    { ...backing, threshold: 1 },
    { asset: 'WETH', amount: -contracts, instrument },
  ],
});

/** Tables that are straight lines in spot. */
const series = { venue: 'option', underlying: 'WETH', strikeUsd: 1_000, expiry: 1_800_000_000 } as const;
const CALL: HandMadeInstrument = {
  ...{ ...series, id: 'call', isCall: true, spotUsd: [100, 3_000], volatilityFactor: [1, 2] },
  valueUsd: (spot) => spot / 20,
  marginUsd: (spot, volatility) => (spot * volatility) / 3,
  penalty: { share: 0.2, leastUsd: 15, liquidatorShare: 0.4, exchangeFee: 0.01 },
};
const PUT: HandMadeInstrument = {
  ...{ ...series, id: 'put', isCall: false, spotUsd: [100, 1_500] },
  valueUsd: (spot) => 1_500 - spot,
  marginUsd: (spot) => 2_000 - spot,
};
const REST: HandMadeRest = {
  instruments: [CALL, PUT],
  funds: [
    { venue: 'cdp', kind: 'stability-pool', asset: 'MUSD', amount: 1e6 },
    { venue: 'perpetual', kind: 'insurance-fund', asset: 'USDC', amount: 1e6 },
  ],
  marketState: { ...marginState, 'cdp WETH': [11n * 10n ** 17n, 10n ** 10n] },
};

/** Liquidators act at any loss, so that what they sell can be reckoned by hand. */
const run = (accounts: readonly HandMadeAccount[], shock: number, volatilityShock = 0): CascadeResult =>
  simulate(handMadeBook(ASSETS, accounts, REST), {
    moves: shock === 0 ? [] : [{ kind: 'asset', asset: WETH, move: shock }],
    volatilityMove: volatilityShock,
    maxRounds: 2,
    policies: { liquidators: { kind: 'unlimited' } },
  });

/** Where a pool stands after selling (negative: buying) units at a price: Δ(1/√P) = Δx ÷ L. */
const afterSelling = (priceUsd: number, units: number) =>
  priceUsd / (1 + (units * Math.sqrt(priceUsd)) / LIQUIDITY) ** 2;

/** A part of a price's move from one to another, by logarithms. */
const part = (from: number, to: number) => Math.log(to / from) / Math.log(to / 1_000);

/** Of liquidations in the second round: who caused them, through which asset. */
const rowsOf = (result: CascadeResult, venue: string) =>
  result.contagion
    .filter((row) => row.venue === venue)
    .map(({ cause, symbol, liquidatedUsd, badDebtUsd }) => [cause, symbol, liquidatedUsd, badDebtUsd]);
const near = (value: number) => expect.closeTo(value, 6) as number;

/** Never due, and without it the only position of its venue would not be liquidated. */
const SAFE = cdp(1_000, 1_000);

interface Source {
  readonly of: HandMadeAccount;
  /** WETH that its liquidation sells, by hand. */
  readonly sold: number;
  readonly shock?: number;
  readonly volatilityShock?: number;
}

const SOURCES: Readonly<Record<string, Source>> = {
  // Health 72,000 ÷ 75,000: half of the debt, and 5 % on top.
  'pooled lending': { of: loan('aave30', 100, 75_000), sold: (37_500 * 1.05) / 900, shock: -0.1 },
  'pooled lending, current': { of: loan('aave36', 100, 75_000), sold: (37_500 * 1.05) / 900, shock: -0.1 },
  'an isolated pair': { of: loan('morpho', 100, 75_000), sold: (75_000 * 1.05) / 900, shock: -0.1 },
  // 90,000 ÷ 85,000 is less than 1.1: all of it, by the liquidator and the pool's depositors.
  'a debt position': { of: cdp(100, 85_000), sold: 100, shock: -0.1 },
  // It owes 1,000 + 10,000 in cash: half of that is paid for WETH at 900 less 10 %, and 3 % to the fund on top.
  'a margin account': {
    of: marginAccount({ cash: -1_000, size: 100, openedUsd: 1_000, weth: 100 }),
    ...{ sold: 5_500 / 0.97 / 810, shock: -0.1 },
  },
  // Needs 50,000 of its 40,000; closing costs 5,000 ÷ 0.99, and 20 % of the rest is the penalty: 40 % of it is sold.
  'a written option': {
    of: writer('call', { asset: 'WETH', amount: 40 }, 100),
    ...{ sold: ((40_000 - 5_000 / 0.99) * 0.2 * 0.4) / 1_000, volatilityShock: 0.5 },
  },
};

interface Victim {
  readonly of: HandMadeAccount;
  /** The asset through which it is hurt. */
  readonly through: string;
  /** By hand, at the price of WETH in the second round. */
  readonly liquidatedUsd: (priceUsd: number) => number;
  readonly badDebtUsd?: (priceUsd: number) => number;
}

const VICTIMS: Readonly<Record<string, Victim>> = {
  'pooled lending': { of: loan('aave30', 1, 700), through: 'WETH', liquidatedUsd: () => 735 },
  'pooled lending, current': { of: loan('aave36', 1, 700), through: 'WETH', liquidatedUsd: () => 735 },
  'an isolated pair': { of: loan('morpho', 1, 700), through: 'WETH', liquidatedUsd: () => 735 },
  // Its collateral less 0.5 % covers its debt down to 774.
  'a debt position': { of: cdp(1, 770), through: 'WETH', liquidatedUsd: (price) => price },
  // 10 × (price − 1,000) and a penalty of 2.5 % are more than its cash.
  'a margin account': {
    of: marginAccount({ cash: 1_900, size: 10, openedUsd: 1_000 }),
    through: 'vETH',
    liquidatedUsd: (price) => 10 * price,
    badDebtUsd: (price) => 10 * (1_000 - price) + 0.025 * 10 * price - 1_900,
  },
  'a written option': {
    of: writer('put', { asset: 'USDC', amount: 1_160 }, 1),
    through: 'WETH',
    liquidatedUsd: (price) => 1_500 - price,
  },
};

describe('who hurts whom, by rule', () => {
  test.each(Object.entries(SOURCES))('%s hurts a borrower by what it sells', (_, source) => {
    const { of, sold, shock = 0, volatilityShock = 0 } = source;
    const shocked = 1_000 * (1 + shock);
    const price = afterSelling(shocked, sold);
    const venue = of.venue === 'aave36' ? 'aave30' : 'aave36';
    // Due from just below the shocked price on; small enough to be liquidated whole.
    const debt = 0.8 * shocked * 0.999;
    const result = run([of, SAFE, loan(venue, 1, debt)], shock, volatilityShock);
    expect(result.rounds.map(({ byVenue }) => byVenue[0]!.accounts)).toEqual([1, 1]);
    expect(result.rounds[1]!.assets.find(({ symbol }) => symbol === 'WETH')!.oracleBeforeUsd).toBeCloseTo(
      price,
      6,
    );
    // All of the debt and 5 % on top, or all that it has.
    const seizedUsd = Math.min(debt * 1.05, price);
    const lostUsd = debt - seizedUsd / 1.05;
    const share = part(shocked, price);
    expect(share).toBeGreaterThan(0.1);
    expect(rowsOf(result, venue)).toEqual([
      [of.venue, 'WETH', near(share * seizedUsd), near(share * lostUsd)],
      ...(shock === 0 ? [] : [['shock', 'WETH', near((1 - share) * seizedUsd), near((1 - share) * lostUsd)]]),
    ]);
  });

  test.each(Object.entries(VICTIMS))('%s is hurt by what a lender’s liquidators sell', (_, victim) => {
    const { of, through, liquidatedUsd, badDebtUsd = () => 0 } = victim;
    const source = of.venue === 'aave30' ? 'aave36' : 'aave30';
    const price = afterSelling(900, (37_500 * 1.05) / 900);
    const result = run([loan(source, 100, 75_000), SAFE, of], -0.1);
    const share = part(900, price);
    const row = (cause: string, part: number) => [
      ...[cause, through, near(part * liquidatedUsd(price)), near(part * badDebtUsd(price))],
    ];
    expect(rowsOf(result, of.venue)).toEqual([row(source, share), row('shock', 1 - share)]);
  });

  test('positions closed in the perpetual’s own pool hurt others there, and nobody elsewhere', () => {
    // The first is worth 600 and closed whole; the second falls short when its pool is at 680.
    const large = marginAccount({ cash: 10_600, size: 100, openedUsd: 1_000 });
    const small = marginAccount({ cash: 250, size: 1, openedUsd: 1_000 });
    const price = afterSelling(900, 100);
    const result = run([large, small, loan('morpho', 1, 719)], -0.1);
    const share = part(900, price);
    const lost = [10_000 + 0.025 * 90_000 - 10_600, 1_000 - price + 0.025 * price - 250] as const;
    expect(rowsOf(result, 'perpetual')).toEqual([
      ['perpetual', 'vETH', near(share * price), near(share * lost[1])],
      ['shock', 'vETH', near(90_000 + (1 - share) * price), near(lost[0] + (1 - share) * lost[1])],
    ]);
    expect(result.byVenue.map(({ venue }) => venue)).toEqual(['perpetual']);
  });

  test('a short position is hurt by what others buy back', () => {
    // Who owes WETH, and holds just too little when it has risen by 11 %.
    const debtor: HandMadeAccount = {
      venue: 'aave30',
      legs: [
        { asset: 'USDC', amount: 137_500, threshold: 0.8, bonus: 0.05 },
        { asset: 'WETH', amount: -100 },
      ],
    };
    // Health 110,000 ÷ 111,000: half of the 100 is bought back.
    const price = afterSelling(1_110, -50);
    const result = run([debtor, marginAccount({ cash: 1_900, size: -10, openedUsd: 1_000 })], 0.11);
    const share = part(1_110, price);
    const lost = 10 * (price - 1_000) + 0.025 * 10 * price - 1_900;
    expect(lost).toBeGreaterThan(0);
    expect(rowsOf(result, 'perpetual')).toEqual([
      ['aave30', 'vETH', near(share * 10 * price), near(share * lost)],
      ['shock', 'vETH', near((1 - share) * 10 * price), near((1 - share) * lost)],
    ]);
  });

  test('a margin account is hurt through its position and its collateral, by their weights', () => {
    // Long 10 counts for 10 × (1 − 6.25 %), 2 WETH for 2 × 70 %; both fell by as much, for the same causes.
    const account = marginAccount({ cash: 500, size: 10, openedUsd: 1_000, weth: 2 });
    const price = afterSelling(900, (37_500 * 1.05) / 900);
    const result = run([loan('aave30', 100, 75_000), account], -0.1);
    const seizedUsd = result.byVenue.find(({ venue }) => venue === 'perpetual')!.liquidatedUsd;
    const [share, position] = [part(900, price), 9.375 / (9.375 + 1.4)];
    expect(rowsOf(result, 'perpetual').map(([cause, symbol, usd]) => [cause, symbol, usd])).toEqual([
      ['aave30', 'WETH', near(share * (1 - position) * seizedUsd)],
      ['aave30', 'vETH', near(share * position * seizedUsd)],
      ['shock', 'WETH', near((1 - share) * (1 - position) * seizedUsd)],
      ['shock', 'vETH', near((1 - share) * position * seizedUsd)],
    ]);
  });
});
