import {
  handMadeAddress,
  handMadeBook,
  type HandMadeAccount,
  type HandMadeAsset,
} from './fixtures/hand-made-book.ts';
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

describe('simulate', () => {
  test('one account, by hand', () => {
    // 10 WETH at 900 = 9,000; health 9,000 × 0.8 ÷ 7,300 = 0.986: half of the debt is repaid.
    const result = simulate(bookOf(account(10, 7_300)), { shocks: { [weth]: -0.1 } });
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
      amplification: 1,
    });
    expect(result.liquidatedUsd).toBeCloseTo(3_650 * 1.05, 9);
    expect(result.liquidatorProfitUsd).toBeCloseTo(proceeds - 3_650, 6);
    const path = result.byAsset.find(({ symbol }) => symbol === 'WETH')!;
    expect(path.priceBeforeUsd).toBe(1_000);
    expect(path.priceAfterUsd).toBeCloseTo(sqrtPrice ** 2, 9);
    expect(path.sold).toBeCloseTo(seized, 12);
    expect(result.byAccount).toMatchObject([{ venue: 'aave30', market: '', firstRound: 1, accounts: 1 }]);
  });

  test('all of the debt is repaid when health is at or below 0.95', () => {
    const result = simulate(bookOf(account(10, 7_800)), { shocks: { [weth]: -0.1 } });
    expect(result.repaidUsd).toBe(7_800);
  });

  test('selling from one venue liquidates another', () => {
    const thin = { ...WETH, liquidity: 20_000 };
    const onMorpho: HandMadeAccount = {
      venue: 'morpho',
      legs: [
        { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
        { asset: 'USDC', amount: -7_000 },
      ],
    };
    const book = handMadeBook([thin, WBTC, USDC], [account(100, 78_000), onMorpho]);
    const alone = simulate(handMadeBook([thin, WBTC, USDC], [onMorpho]), { shocks: { [weth]: -0.1 } });
    const together = simulate(book, { shocks: { [weth]: -0.1 } });
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
    const [first, second] = together.rounds;
    expect(second!.assets.find(({ symbol }) => symbol === 'WETH')!.priceBeforeUsd).toBe(
      first!.assets.find(({ symbol }) => symbol === 'WETH')!.priceAfterUsd,
    );
  });

  test('without depth nothing is sold and no price moves', () => {
    const { liquidity: _, ...stuck } = WETH;
    const result = simulate(handMadeBook([stuck, WBTC, USDC], [account(10, 7_300)]), {
      shocks: { [weth]: -0.1 },
    });
    const path = result.byAsset.find(({ symbol }) => symbol === 'WETH')!;
    expect(path).toMatchObject({ sold: 0, priceAfterUsd: 900 });
    expect(path.unsold).toBeCloseTo((3_650 * 1.05) / 900, 12);
    expect(result.liquidatorProfitUsd).toBe(-3_650);
  });

  test('a price beyond the end of a curve trades nothing', () => {
    const book = handMadeBook([WETH, WBTC, USDC], [account(10, 7_300)]);
    const curve = { ...book.depth[0]!, sqrtPrice: Float64Array.of(31, 40) };
    const result = simulate(
      { ...book, depth: [curve, ...book.depth.slice(1)] },
      { shocks: { [weth]: -0.1 } },
    );
    expect(result.byAsset[0]).toMatchObject({ sold: 0, priceAfterUsd: 900 });
    expect(result.byAsset[0]!.unsold).toBeGreaterThan(0);
  });

  test('nobody due: an empty result without amplification', () => {
    const result = simulate(bookOf(account(10, 5_000)), { shocks: { [weth]: -0.1 } });
    expect(result).toMatchObject({
      rounds: [],
      accounts: 0,
      liquidatedUsd: 0,
      amplification: undefined,
      converged: true,
    });
    expect(result.byAsset[0]).toMatchObject({ priceBeforeUsd: 1_000, priceAfterUsd: 900 });
  });

  test('a price that rises liquidates who owes the asset, and buying it back drives it on', () => {
    const short: HandMadeAccount = {
      venue: 'aave36',
      legs: [
        { asset: 'USDC', amount: 10_000, threshold: 0.8, bonus: 0.05 },
        { asset: 'WETH', amount: -7.5 },
      ],
    };
    const result = simulate(bookOf(short), { shocks: { [weth]: 0.1 } });
    expect(result.accounts).toBe(1);
    const path = result.byAsset[0]!;
    expect(path.bought).toBeGreaterThan(0);
    expect(path.priceAfterUsd).toBeGreaterThan(1_100);
  });

  describe('bad debt', () => {
    test('stays on the account at release 3.0 and is valued at the final price', () => {
      const result = simulate(bookOf(account(10, 7_300)), { shocks: { [weth]: -0.5 } });
      expect(result.badDebtUsd).toBeCloseTo(7_300 - 5_000 / 1.05, 9);
      expect(result.rounds[0]!.badDebtUsd).toBe(result.badDebtUsd);
      expect(result.liquidatedUsd).toBe(5_000);
    });

    test.each(['aave36', 'morpho'] as const)('is written off once at %s', (venue) => {
      const result = simulate(bookOf(account(10, 7_300, venue)), { shocks: { [weth]: -0.5 } });
      expect(result.rounds).toHaveLength(1);
      expect(result.badDebtUsd).toBeCloseTo(7_300 - 5_000 / 1.05, 9);
    });

    test('waits until the last collateral is gone', () => {
      const two: HandMadeAccount = {
        venue: 'aave30',
        legs: [
          { asset: 'WETH', amount: 10, threshold: 0.8, bonus: 0.05 },
          { asset: 'WBTC', amount: 0.1, threshold: 0.8, bonus: 0.05 },
          { asset: 'USDC', amount: -7_300 },
        ],
      };
      const result = simulate(bookOf(two), { shocks: { [weth]: -0.6 } });
      expect(result.rounds.map(({ badDebtUsd }) => badDebtUsd > 0)).toEqual([false, true]);
      expect(result.badDebtUsd).toBeCloseTo(7_300 - 4_000 / 1.05 - 1_000 / 1.05, 6);
    });

    test('that was there before the run is not counted', () => {
      const stranded: HandMadeAccount = { venue: 'aave30', legs: [{ asset: 'USDC', amount: -500 }] };
      expect(simulate(bookOf(stranded), { shocks: { [weth]: -0.5 } })).toMatchObject({
        accounts: 0,
        badDebtUsd: 0,
      });
    });
  });

  describe('terms', () => {
    test('the protocol keeps its part of the bonus', () => {
      const [withFee] = [account(10, 7_300)].map(({ legs: [collateral, debt] }) => {
        return { venue: 'aave30' as const, legs: [{ ...collateral!, protocolFee: 0.1 }, debt!] };
      });
      const path = simulate(bookOf(withFee!), { shocks: { [weth]: -0.1 } }).byAsset[0]!;
      expect(path.seized).toBeCloseTo((3_650 * 1.05) / 900, 12);
      expect(path.sold).toBeCloseTo((3_650 * (1.05 - 0.05 * 0.1)) / 900, 12);
    });

    test('release 3.6 closes small positions whole and halves the whole debt of large ones', () => {
      expect(simulate(bookOf(account(2, 1_460, 'aave36')), { shocks: { [weth]: -0.1 } }).repaidUsd).toBe(
        1_460,
      );
      expect(simulate(bookOf(account(10, 7_300, 'aave36')), { shocks: { [weth]: -0.1 } }).repaidUsd).toBe(
        3_650,
      );
    });

    test('collateral without a bonus cannot be seized', () => {
      const paused: HandMadeAccount = {
        venue: 'aave30',
        legs: [
          { asset: 'WETH', amount: 10, threshold: 0.8 },
          { asset: 'USDC', amount: -7_300 },
        ],
      };
      expect(simulate(bookOf(paused), { shocks: { [weth]: -0.1 } })).toMatchObject({
        accounts: 0,
        converged: true,
      });
    });

    test('the pool keeps its fee of what is sold', () => {
      const free = simulate(bookOf(account(10, 7_300)), { shocks: { [weth]: -0.1 } });
      const book = handMadeBook([{ ...WETH, feeRatio: 0.003 }, WBTC, USDC], [account(10, 7_300)]);
      const charged = simulate(book, { shocks: { [weth]: -0.1 } });
      expect(charged.liquidatorProfitUsd).toBeLessThan(free.liquidatorProfitUsd);
      expect(charged.byAsset[0]!.priceAfterUsd).toBeGreaterThan(free.byAsset[0]!.priceAfterUsd);
    });
  });

  describe('markets', () => {
    test('what is sold for another asset is sold on until it is cash', () => {
      const book = handMadeBook(
        [WETH, { ...WBTC, liquidity: 100_000 }, USDC],
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
      const inWeth = {
        ...book.depth[1]!,
        quote: book.depth[0]!.asset,
        sqrtPrice: Float64Array.of(0.001, 1e6),
      };
      const result = simulate(
        { ...book, depth: [book.depth[0], inWeth, undefined] },
        { shocks: { [wbtc]: -0.1 } },
      );
      const [wethPath, wbtcPath] = result.byAsset;
      expect(wbtcPath!.sold).toBeGreaterThan(0);
      expect(wethPath!.sold).toBeGreaterThan(0);
      expect(wethPath!.priceAfterUsd).toBeLessThan(1_000);
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
      const result = simulate({ ...book, assets }, { shocks: { [weth]: -0.9 } });
      expect(result.rounds[0]!.assets.find(({ symbol }) => symbol === 'WBTC')!.priceBeforeUsd).toBe(10_000);
      expect(result.byAsset[1]!.priceAfterUsd).toBeLessThan(9_950);
      // Until it trades, its oracle says what it said.
      expect(simulate({ ...book, assets }, { shocks: {} }).byAsset[1]).toMatchObject({
        priceAfterUsd: 10_000,
      });
    });
  });

  describe('bounds and errors', () => {
    test('stops after the rounds allowed and says so', () => {
      const thin = { ...WETH, liquidity: 20_000 };
      const book = handMadeBook([thin, WBTC, USDC], [account(100, 78_000), account(10, 7_000)]);
      expect(simulate(book, { shocks: { [weth]: -0.1 }, maxRounds: 1 })).toMatchObject({ converged: false });
      expect(simulate(book, { shocks: { [weth]: -0.1 } })).toMatchObject({ converged: true });
    });

    test('refuses a shock to an asset that the book lacks, and one of -100 %', () => {
      const book = bookOf(account(10, 7_300));
      expect(() => simulate(book, { shocks: { '0xabc': -0.1 } })).toThrow(/no asset 0xabc.*WETH/);
      expect(() => simulate(book, { shocks: { [weth]: -1 } })).toThrow(/ratio above -1/);
      expect(() => simulate(book, { shocks: { [weth]: Number.NaN } })).toThrow(/ratio above -1/);
    });

    test('refuses curves that quote each other in a circle', () => {
      const book = bookOf(account(10, 7_300));
      const circle = book.depth.map((curve, row) =>
        curve ? { ...curve, quote: book.depth[1 - row]!.asset } : undefined,
      );
      expect(() => simulate({ ...book, depth: circle }, { shocks: {} })).toThrow(/circle/);
    });
  });
});
