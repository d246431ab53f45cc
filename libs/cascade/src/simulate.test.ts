import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
} from './fixtures/hand-made-book.ts';
import type { Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

const WETH: HandMadeAsset = { symbol: 'WETH', priceUsd: 1_000, decimals: 18, liquidity: 1_000_000 };
const WBTC: HandMadeAsset = { symbol: 'WBTC', priceUsd: 10_000, decimals: 8, liquidity: 1_000_000 };
const USDC: HandMadeAsset = { symbol: 'USDC', priceUsd: 1, decimals: 6 };
const [weth, wbtc] = [handMadeAddress(0), handMadeAddress(1)];

/** Collateral in WETH against USDC. */
const account = (
  units: number,
  debt: number,
  venue: HandMadeAccount['venue'] = 'aave30',
): HandMadeAccount => ({
  venue,
  legs: [
    { asset: 'WETH', amount: units, threshold: 0.8, bonus: 0.05 },
    { asset: 'USDC', amount: -debt },
  ],
});
const bookOf = (...accounts: HandMadeAccount[]) => handMadeBook([WETH, WBTC, USDC], accounts);
const moving = (move: number, asset = weth): Scenario => ({ moves: [{ kind: 'asset', asset, move }] });
const atAnyLoss = { policies: { liquidators: { kind: 'unlimited' } } } as const;

describe('simulate', () => {
  test('one account, by hand', () => {
    // 10 WETH at 900 = 9,000; health 9,000 × 0.8 ÷ 7,300 = 0.986: half of the debt is repaid.
    const result = simulate(bookOf(account(10, 7_300)), moving(-0.1));
    const seized = (3_650 * 1.05) / 900;
    // Constant product: √p falls to √p ÷ (1 + q √p ÷ L).
    const sqrtPrice = 30 / (1 + (seized * 30) / 1_000_000);
    const proceeds = 1_000_000 * (30 - sqrtPrice);
    expect(result.rounds).toHaveLength(1);
    expect(result).toMatchObject({
      converged: true,
      accounts: 1,
      repaidUsd: 3_650,
      badDebtUsd: 0,
      lossUsd: 0,
      stuckUsd: 0,
      amplification: 1,
    });
    expect(result.liquidatedUsd).toBeCloseTo(3_650 * 1.05, 9);
    expect(result.liquidatorProfitUsd).toBeCloseTo(proceeds - 3_650, 6);
    const path = result.byAsset.find(({ symbol }) => symbol === 'WETH')!;
    expect([path.marketBeforeUsd, path.oracleBeforeUsd]).toEqual([1_000, 1_000]);
    expect(path.marketAfterUsd).toBeCloseTo(sqrtPrice ** 2, 9);
    expect(path.oracleAfterUsd).toBeCloseTo(sqrtPrice ** 2, 9);
    expect(path.sold).toBeCloseTo(seized, 12);
    expect(result.byAccount).toMatchObject([{ venue: 'aave30', market: '', firstRound: 1, accounts: 1 }]);
  });

  test('all of the debt is repaid when health is at or below 0.95', () => {
    expect(simulate(bookOf(account(10, 7_800)), moving(-0.1)).repaidUsd).toBe(7_800);
  });

  test('selling from one venue liquidates another', () => {
    const thin = { ...WETH, liquidity: 200_000 };
    const onMorpho: HandMadeAccount = {
      venue: 'morpho',
      legs: [
        { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -7_100 },
      ],
    };
    const book = handMadeBook([thin, WBTC, USDC], [account(100, 78_000), onMorpho]);
    const alone = simulate(handMadeBook([thin, WBTC, USDC], [onMorpho]), moving(-0.1));
    const together = simulate(book, moving(-0.1));
    expect(alone.rounds).toHaveLength(0);
    expect(together.rounds.map(({ byVenue }) => byVenue.map(({ venue }) => venue))).toEqual([
      ['aave30'],
      ['morpho'],
    ]);
    expect(together.byAccount.find(({ venue }) => venue === 'morpho')).toMatchObject({
      firstRound: 2,
      market: 'WETH',
    });
    expect(together.amplification).toBeGreaterThan(1);
    const [first, second] = together.rounds.map(({ assets }) =>
      assets.find(({ symbol }) => symbol === 'WETH'),
    );
    expect(second!.marketBeforeUsd).toBe(first!.marketAfterUsd);
  });

  test('nobody due: an empty result without amplification', () => {
    const result = simulate(bookOf(account(10, 5_000)), moving(-0.1));
    expect(result).toMatchObject({
      rounds: [],
      accounts: 0,
      liquidatedUsd: 0,
      amplification: undefined,
      band: undefined,
      converged: true,
    });
    expect(result.byAsset[0]).toMatchObject({
      marketBeforeUsd: 1_000,
      marketAfterUsd: 900,
      oracleAfterUsd: 900,
    });
  });

  test('a price that rises liquidates who owes the asset, and buying it back drives it on', () => {
    const short: HandMadeAccount = {
      venue: 'aave36',
      legs: [
        { asset: 'USDC', amount: 10_000, threshold: 0.8, bonus: 0.05 },
        { asset: 'WETH', amount: -7.5 },
      ],
    };
    const result = simulate(bookOf(short), moving(0.1));
    expect(result.accounts).toBe(1);
    expect(result.byAsset[0]!.bought).toBeGreaterThan(0);
    expect(result.byAsset[0]!.marketAfterUsd).toBeGreaterThan(1_100);
  });
});

describe('liquidators who do not lose', () => {
  test('without a market nobody buys: the debt is stuck, and nothing is sold', () => {
    const { liquidity: _, ...unsellable } = WETH;
    const book = handMadeBook([unsellable, WBTC, USDC], [account(10, 7_300)]);
    const result = simulate(book, moving(-0.1));
    expect(result).toMatchObject({
      rounds: [],
      accounts: 0,
      repaidUsd: 0,
      stuckUsd: 7_300,
      stuck: [{ venue: 'aave30', reason: 'no-market', accounts: 1, debtUsd: 7_300 }],
      // At market its collateral is worth 9,000; but nobody would pay anything for it.
      lossUsd: 0,
      lossAtSaleUsd: 7_300,
    });
    const forced = simulate(book, { ...moving(-0.1), ...atAnyLoss });
    expect(forced.byAsset[0]).toMatchObject({ sold: 0, marketAfterUsd: 900 });
    expect(forced.byAsset[0]!.unsold).toBeCloseTo((3_650 * 1.05) / 900, 12);
    expect(forced.liquidatorProfitUsd).toBe(-3_650);
    expect(forced.lots).toMatchObject([{ venue: 'aave30', symbol: 'WETH', holder: 'liquidator' }]);
  });

  test('beyond the end of a curve nobody trades', () => {
    const book = handMadeBook([WETH, WBTC, USDC], [account(10, 7_300)]);
    const curve = { ...book.depth[0]!, sqrtPrice: Float64Array.of(31, 40) };
    const ended = { ...book, depth: [curve, ...book.depth.slice(1)] };
    const result = simulate(ended, moving(-0.1));
    expect(result).toMatchObject({ accounts: 0, stuckUsd: 7_300, stuck: [{ reason: 'no-profit' }] });
    const forced = simulate(ended, { ...moving(-0.1), ...atAnyLoss });
    expect(forced.byAsset[0]).toMatchObject({ sold: 0, marketAfterUsd: 900 });
    expect(forced.byAsset[0]!.unsold).toBeGreaterThan(0);
    expect(forced.endedMarkets).toEqual(['WETH']);
  });

  test('the last unit of a call pays for itself: the price stops at what bonus allows', () => {
    // Oracles follow between rounds: within one, a liquidator sells until the price has fallen by the bonus.
    const thin = { ...WETH, liquidity: 5_000 };
    const book = handMadeBook([thin, WBTC, USDC], [account(100, 78_000)]);
    const result = simulate(book, { ...moving(-0.1), maxRounds: 1 });
    expect(result.byAsset[0]!.marketAfterUsd).toBeCloseTo(900 / 1.05, 6);
    expect(result.liquidatorProfitUsd).toBeGreaterThan(0);
    // At any loss all of it is sold at once, and liquidators pay for that.
    const forced = simulate(book, { ...moving(-0.1), ...atAnyLoss });
    expect(forced.liquidatorProfitUsd).toBeLessThan(0);
    expect(forced.byAsset[0]!.marketAfterUsd).toBeLessThan(500);
  });

  test('gas keeps small accounts where they are', () => {
    const book = bookOf(account(1, 730));
    const profitUsd = 365 * 0.05;
    const paying = (gasUsd: number) =>
      simulate(book, { ...moving(-0.1), policies: { liquidators: { kind: 'rational', gasUsd } } });
    expect(paying(profitUsd * 0.9).accounts).toBe(1);
    expect(paying(profitUsd * 1.1)).toMatchObject({ accounts: 0, stuck: [{ reason: 'no-profit' }] });
  });

  test('capital bounds what a round repays', () => {
    const book = bookOf(account(10, 7_800), account(10, 7_800));
    const result = simulate(book, {
      ...moving(-0.1),
      policies: { liquidators: { kind: 'capital', gasUsd: 0, capitalUsd: 5_000 } },
      maxRounds: 2,
    });
    expect(result.rounds.map(({ repaidUsd }) => Math.round(repaidUsd))).toEqual([5_000, 5_000]);
  });

  test('a liquidator takes the collateral that can be sold before the one that cannot', () => {
    const stuck: HandMadeAsset = { symbol: 'RWA', priceUsd: 1_000, decimals: 18 };
    const mixed: HandMadeAccount = {
      venue: 'aave30',
      legs: [
        { asset: 'RWA', amount: 20, threshold: 0.8, bonus: 0.05 },
        { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -24_000 },
      ],
    };
    const result = simulate(handMadeBook([WETH, stuck, USDC], [mixed]), moving(-0.2));
    const seized = new Map(result.byAsset.map((path) => [path.symbol, path.seized]));
    expect(seized.get('WETH')).toBeGreaterThan(0);
    expect(seized.get('RWA')).toBe(0);
  });
});

describe('losses', () => {
  test('bad debt stays on the account at release 3.0 and is valued at the final price', () => {
    const result = simulate(bookOf(account(10, 7_300)), moving(-0.5));
    expect(result.badDebtUsd).toBeCloseTo(7_300 - 5_000 / 1.05, 9);
    expect(result.rounds[0]!.badDebtUsd).toBe(result.badDebtUsd);
    expect(result.liquidatedUsd).toBe(5_000);
    expect(result).toMatchObject({ shortfallUsd: 0, lossUsd: result.badDebtUsd });
  });

  test.each(['aave36', 'morpho'] as const)('bad debt is written off once at %s', (venue) => {
    const result = simulate(bookOf(account(10, 7_300, venue)), moving(-0.5));
    expect(result.rounds).toHaveLength(1);
    expect(result.badDebtUsd).toBeCloseTo(7_300 - 5_000 / 1.05, 9);
    expect(result.byMarket).toMatchObject([{ venue, symbol: 'USDC', lossUsd: result.lossUsd }]);
  });

  test('bad debt waits until the last collateral is gone', () => {
    const two: HandMadeAccount = {
      venue: 'aave30',
      legs: [
        { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
        { asset: 'WBTC', amount: 0.1, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -7_300 },
      ],
    };
    const result = simulate(bookOf(two), moving(-0.6));
    expect(result.rounds.map(({ badDebtUsd }) => badDebtUsd > 0)).toEqual([false, true]);
    expect(result.badDebtUsd).toBeCloseTo(7_300 - 4_000 / 1.05 - 1_000 / 1.05, 6);
  });

  test('what was lost before the run is a shortfall, and said to have been there before', () => {
    const stranded: HandMadeAccount = { venue: 'aave30', legs: [{ asset: 'USDC', amount: -500 }] };
    expect(simulate(bookOf(stranded), moving(-0.5))).toMatchObject({
      accounts: 0,
      badDebtUsd: 0,
      shortfallUsd: 500,
      shortfallBeforeUsd: 500,
      stuckUsd: 0,
    });
  });

  test('an account that an oracle keeps from being due loses all the same, at market', () => {
    const fixed: HandMadeAsset = { ...WETH, oracle: 'constant' };
    const result = simulate(handMadeBook([fixed, WBTC, USDC], [account(10, 7_300)]), moving(-0.5));
    expect(result).toMatchObject({ accounts: 0, badDebtUsd: 0, stuckUsd: 0, shortfallUsd: 2_300 });
    // What its 10 WETH would bring in the pool is a little less.
    expect(result.shortfallAtSaleUsd).toBeGreaterThan(2_300);
    expect(result.shortfallAtSaleUsd).toBeLessThan(2_310);
    expect(result.moves[0]).toMatchObject({ symbol: 'WETH', marketMove: -0.5, oracleMoves: [0] });
  });

  test('both ends of what oracles do are run where something is lost', () => {
    const thin = { ...WETH, liquidity: 5_000 };
    const book = handMadeBook([thin, WBTC, USDC], [account(100, 78_000)]);
    const result = simulate(book, moving(-0.1));
    expect(result.band!.between.lossUsd).toBe(result.lossUsd);
    expect(result.band!.within.lossUsd).not.toBe(result.lossUsd);
    const other = simulate(book, { ...moving(-0.1), policies: { oracles: 'within' } });
    expect(other.lossUsd).toBe(result.band!.within.lossUsd);
    expect(other.band).toEqual(result.band);
  });
});

describe('terms', () => {
  test('the protocol keeps its part of the bonus, as a lot', () => {
    const [collateral, debt] = account(10, 7_300).legs;
    const withFee: HandMadeAccount = { venue: 'aave30', legs: [{ ...collateral!, protocolFee: 0.1 }, debt!] };
    const result = simulate(bookOf(withFee), moving(-0.1));
    const path = result.byAsset[0]!;
    expect(path.seized).toBeCloseTo((3_650 * 1.05) / 900, 12);
    expect(path.sold).toBeCloseTo((3_650 * (1.05 - 0.05 * 0.1)) / 900, 12);
    expect(result.lots).toMatchObject([{ holder: 'protocol', symbol: 'WETH' }]);
    expect(result.lots[0]!.amount).toBeCloseTo(path.seized - path.sold, 12);
  });

  test('release 3.6 closes small positions whole and halves the whole debt of large ones', () => {
    expect(simulate(bookOf(account(2, 1_460, 'aave36')), moving(-0.1)).repaidUsd).toBe(1_460);
    expect(simulate(bookOf(account(10, 7_300, 'aave36')), moving(-0.1)).repaidUsd).toBe(3_650);
  });

  test('collateral without a bonus cannot be seized: paused', () => {
    const paused: HandMadeAccount = {
      venue: 'aave30',
      legs: [
        { asset: 'WETH', amount: 10, threshold: 0.8 },
        { asset: 'USDC', amount: -7_300 },
      ],
    };
    expect(simulate(bookOf(paused), moving(-0.1))).toMatchObject({
      accounts: 0,
      converged: true,
      stuck: [{ reason: 'paused', debtUsd: 7_300 }],
    });
  });

  test('the pool keeps its fee of what is sold', () => {
    const free = simulate(bookOf(account(10, 7_300)), moving(-0.1));
    const book = handMadeBook([{ ...WETH, feeRatio: 0.003 }, WBTC, USDC], [account(10, 7_300)]);
    const charged = simulate(book, moving(-0.1));
    expect(charged.liquidatorProfitUsd).toBeLessThan(free.liquidatorProfitUsd);
    expect(charged.byAsset[0]!.marketAfterUsd).toBeGreaterThan(free.byAsset[0]!.marketAfterUsd);
  });
});

describe('markets', () => {
  test('what is sold for another asset is sold on until it is cash', () => {
    const book = handMadeBook(
      [WETH, { ...WBTC, liquidity: 100_000, quote: 'WETH' }, USDC],
      [
        {
          venue: 'aave30',
          legs: [
            { asset: 'WBTC', amount: 1, threshold: 0.8, bonus: 0.05 },
            { asset: 'USDC', amount: -7_300 },
          ],
        },
      ],
    );
    const result = simulate(book, moving(-0.1, wbtc));
    const [wethPath, wbtcPath] = result.byAsset;
    expect(wbtcPath!.sold).toBeGreaterThan(0);
    expect(wethPath!.sold).toBeGreaterThan(0);
    expect(wethPath!.marketAfterUsd).toBeLessThan(1_000);
    // Sold for slightly less WETH than its price says, which is then sold for slightly less USDC.
    expect(result.liquidatorProfitUsd).toBeLessThan(3_650 * 0.05);
    expect(result.liquidatorProfitUsd).toBeGreaterThan(3_650 * 0.05 * 0.9);
  });

  test('an asset that is not named stays where its pool is, and its oracle follows once it trades', () => {
    const book = handMadeBook(
      [WETH, WBTC, USDC],
      [
        {
          venue: 'aave30',
          legs: [
            { asset: 'WETH', amount: 1, threshold: 0.8, bonus: 0.05 },
            { asset: 'WBTC', amount: 0.9, threshold: 0.8, bonus: 0.05 },
            { asset: 'USDC', amount: -7_500 },
          ],
        },
      ],
    );
    const assets = book.assets.map((asset) =>
      asset.symbol === 'WBTC' ? { ...asset, marketPriceUsd: 9_950 } : asset,
    );
    const result = simulate({ ...book, assets }, moving(-0.9));
    const path = result.rounds[0]!.assets.find(({ symbol }) => symbol === 'WBTC')!;
    expect([path.oracleBeforeUsd, path.marketBeforeUsd]).toEqual([10_000, expect.closeTo(9_950, 9)]);
    expect(result.byAsset[1]!.oracleAfterUsd).toBeLessThan(9_950);
    // Until it trades, its oracle says what it said.
    expect(simulate({ ...book, assets }, { moves: [] }).byAsset[1]).toMatchObject({ oracleAfterUsd: 10_000 });
  });
});

describe('bounds and errors', () => {
  test('stops after the rounds allowed and says so', () => {
    const thin = { ...WETH, liquidity: 200_000 };
    const book = handMadeBook([thin, WBTC, USDC], [account(100, 78_000), account(10, 7_100, 'morpho')]);
    expect(simulate(book, { ...moving(-0.1), maxRounds: 1 })).toMatchObject({ converged: false });
    expect(simulate(book, moving(-0.1))).toMatchObject({ converged: true });
  });

  test('refuses what the book lacks, and moves that are none', () => {
    const book = bookOf(account(10, 7_300));
    const unknown = '0xabc' as const;
    expect(() => simulate(book, moving(-0.1, unknown))).toThrow(/no asset 0xabc.*WETH/);
    expect(() => simulate(book, moving(-1))).toThrow(/ratio above -1/);
    expect(() => simulate(book, moving(Number.NaN))).toThrow(/ratio above -1/);
    expect(() => simulate(book, { moves: [], volatilityMove: -1 })).toThrow(/volatilities/);
    expect(() => simulate(book, { moves: [], depthFactor: 0 })).toThrow(/above 0/);
    const usd = { moves: [{ kind: 'reference', symbol: 'USD', move: -0.1 }] } as const;
    expect(() => simulate(book, usd)).toThrow(/USD cannot move/);
  });

  test('refuses curves that quote each other in a circle', () => {
    const book = bookOf(account(10, 7_300));
    const circle = book.depth.map((curve, row) =>
      curve ? { ...curve, quote: book.depth[1 - row]!.asset } : undefined,
    );
    expect(() => simulate({ ...book, depth: circle }, { moves: [] })).toThrow(/circle/);
  });
});
