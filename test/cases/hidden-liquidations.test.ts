import { dueAtMarket, marketPrices, oracleGaps, type Book } from '@undertow/book';
import { moveNamed, simulate, type Move } from '@undertow/cascade';
import fc from 'fast-check';
import { held, owed, PAIRS, POOL } from '../../libs/book/src/fixtures/old-book-file.ts';
import { bookOf, crash, USDC } from './crash.ts';

// An oracle that is late hides liquidations, one that is wrong makes them up. Here both sides go by the book's own test of who is
// due, which test/devnet holds against the contracts: this proves that market prices reach it, for every way of pricing.

const HEALTHS = [1.005, 1.02, 1.04, 1.08, 1.2];

/** Accounts that hold wstETH against WETH or USDC, a pool and a pair, each a little nearer to the line. */
const book = bookOf({
  assets: [
    USDC,
    { symbol: 'WETH', priceUsd: 2_000, pool: { quote: 'USDC', liquidity: 2e8 } },
    {
      symbol: 'wstETH',
      priceUsd: 2_400,
      pool: { quote: 'WETH', liquidity: 4e8 },
      derivedFrom: { from: 'WETH', isRedeemable: true },
    },
  ],
  venues: [POOL, PAIRS],
  accounts: [POOL, PAIRS].flatMap((venue) =>
    HEALTHS.flatMap((health) => [
      {
        venue: venue.id,
        legs: [
          held('wstETH', 10, 0.9, 0.02),
          owed('WETH', Number(((10 * 2_400 * 0.9) / 2_000 / health).toFixed(6))),
        ],
      },
    ]),
  ),
});

const withMarket = (symbol: string, move: number): Book => ({
  ...book,
  assets: book.assets.map((asset) => ({
    ...asset,
    marketPriceUsd: asset.oraclePriceUsd * (asset.symbol === symbol ? 1 + move : 1),
  })),
});

describe('liquidations that oracles hide or make up', () => {
  it('are none where oracles say what markets say', () => {
    expect(dueAtMarket(withMarket('WETH', 0))).toMatchObject({
      hidden: [],
      phantom: [],
      hiddenDebtUsd: 0,
      phantomDebtUsd: 0,
      partlyAtOracleDebtUsd: 0,
    });
  });

  it('are hidden where the market has fallen: those whom the same fall of the oracle would let be liquidated', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.15, max: -0.001, noNaN: true }), (move) => {
        const { hidden, phantom, hiddenDebtUsd, debtUsd } = dueAtMarket(withMarket('wstETH', move));
        const { rounds } = crash(book, { 'oracle:wstETH': move });
        expect(hidden).toHaveLength(rounds[0]?.accounts ?? 0);
        expect(phantom).toEqual([]);
        expect(hiddenDebtUsd).toBeLessThanOrEqual(debtUsd);
        for (const { healthAtOracle, healthAtMarket } of hidden) {
          expect(healthAtOracle).toBeGreaterThanOrEqual(1);
          expect(healthAtMarket).toBeLessThan(1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are hidden or made up of exactly whom a cascade finds when the answers that are due arrive', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.15, max: 0.15, noNaN: true }), (move) => {
        const late = withMarket('wstETH', move);
        const { hidden, phantom } = dueAtMarket(late);
        const due = (moves: readonly Move[]) => {
          const policies = { liquidators: { kind: 'unlimited' as const } };
          return simulate(late, { moves, policies }, { band: false }).rounds[0]?.accounts ?? 0;
        };
        const landed = moveNamed(late, 'landed', 1);
        expect(due([landed]) - due([])).toBe(hidden.length - phantom.length);
      }),
      { numRuns: 30 },
    );
  });

  it('are made up where the oracle is too low and the market is not', () => {
    const low: Book = {
      ...withMarket('wstETH', 0),
      oracles: book.oracles.map((oracle) =>
        book.assets[oracle.asset]!.symbol === 'wstETH'
          ? {
              ...oracle,
              priceUsd: oracle.priceUsd * 0.9715,
              formula: { ...oracle.formula, multiplier: oracle.formula.multiplier * 0.9715 },
            }
          : oracle,
      ),
    };
    const { phantom, hidden } = dueAtMarket(low);
    expect(hidden).toEqual([]);
    expect(phantom.length).toBeGreaterThan(0);
    const gaps = oracleGaps(low).filter(({ asset }) => low.assets[asset]!.symbol === 'wstETH');
    expect(gaps.length).toBeGreaterThan(0);
    for (const { deviation } of gaps) expect(deviation).toBeCloseTo(-0.0285, 12);
  });

  it('are not told of what has no market: it stays at its oracle, and its debt is counted', () => {
    const without: Book = {
      ...book,
      assets: book.assets.map((asset) => ({ ...asset, marketPriceUsd: undefined })),
    };
    const found = dueAtMarket(without);
    expect(found.hidden).toEqual([]);
    expect(found.partlyAtOracleDebtUsd).toBe(found.debtUsd);
    expect(found.debtUsd).toBeGreaterThan(0);
    for (const { deviation, venues, pricedUsd } of oracleGaps(without)) {
      expect(deviation).toBeUndefined();
      expect(venues.length).toBeGreaterThan(0);
      expect(pricedUsd).toBeGreaterThan(0);
    }
  });
});

describe('the market price of what has no market of its own', () => {
  it('is that of what it can be exchanged for, times the ratio; of what is only pegged nobody knows', () => {
    const [usdc, weth, wsteth] = book.assets;
    const ratio = { ...wsteth!, tie: { ...wsteth!.tie, kind: 'redeemable' as const, ratio: 1.2 } };
    const assets = [
      { ...usdc!, marketPriceUsd: undefined },
      { ...weth!, marketPriceUsd: 1_900 },
      { ...ratio, marketPriceUsd: undefined },
      { ...ratio, tie: { ...ratio.tie, kind: 'pegged' as const }, marketPriceUsd: undefined },
    ];
    expect(marketPrices({ assets })).toEqual([undefined, 1_900, 1_900 * 1.2, undefined]);
    const capped = { ...assets[2]!, tie: { ...assets[2]!.tie, redeemedFor: 1.25 } };
    expect(marketPrices({ assets: assets.with(2, capped) })[2]).toBe(1_900 * 1.25);
    expect(marketPrices({ assets: [{ ...assets[1]!, marketPriceUsd: undefined }] })).toEqual([undefined]);
  });
});
