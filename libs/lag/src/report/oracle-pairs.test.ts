import { importBook, type Book } from '@undertow/book';
import type { FeedId } from '@undertow/market';
import { held, oldBookFile, owed, PAIRS, POOL } from '../../../book/src/fixtures/old-book-file.ts';
import { MOST_PAIRS, oracleReport, type OracleHistory } from './oracle-report.ts';
import { watchedOf } from './watched.ts';

const pool = { quote: 'USDC', liquidity: 2e8 };
const plain = importBook(
  oldBookFile({
    assets: [
      { symbol: 'USDC', decimals: 6, priceUsd: 1, isFixed: true },
      { symbol: 'WETH', priceUsd: 2_000, pool },
      { symbol: 'WBTC', decimals: 8, priceUsd: 40_000, pool },
      { symbol: 'wstETH', priceUsd: 2_400, feed: 'WETH', pool },
    ],
    venues: [POOL, PAIRS],
    accounts: [
      { venue: POOL.id, legs: [held('WETH', 100, 0.8, 0.05), owed('WBTC', 2), owed('USDC', 10)] },
      { venue: POOL.id, legs: [held('WETH', 10, 0.8, 0.05), owed('WBTC', 0.1)] },
      { venue: POOL.id, legs: [held('wstETH', 10, 0.8, 0.05), owed('WETH', 3)] },
      {
        venue: PAIRS.id,
        legs: [{ ...held('WETH', 50, 0.8, 0.05), isOwnPrice: true }, owed('WBTC', 1)],
      },
    ],
  }),
);
const NOTHING: OracleHistory = { formulas: new Map(), answeredAt: new Map(), answers: new Map() };
const rowOf = (symbol: string) => plain.assets.findIndex((asset) => asset.symbol === symbol);

/** The book with markets moved away from its oracles, and prices of oracles changed by their row. */
const bookAt = (
  moves: Readonly<Record<string, number>>,
  prices: Readonly<Record<number, number>> = {},
): Book => ({
  ...plain,
  assets: plain.assets.map((asset) => ({
    ...asset,
    marketPriceUsd:
      asset.marketPriceUsd === undefined
        ? undefined
        : asset.oraclePriceUsd * (1 + (moves[asset.symbol] ?? 0)),
  })),
  oracles: plain.oracles.map((oracle, row) => ({ ...oracle, priceUsd: prices[row] ?? oracle.priceUsd })),
});
const pairsOf = (book: Book, history = NOTHING) => oracleReport(book, history).pairs;
const pooled = (book: Book, history = NOTHING) =>
  pairsOf(book, history).find(({ venue }) => venue === POOL.id)!;

describe('pairs of oracles', () => {
  it('are those of a collateral and a debt that hang on different feeds, by debt', () => {
    const pairs = pairsOf(bookAt({}));
    expect(
      pairs.map(({ venue, market, collateral, debt, accounts, debtUsd }) => [
        ...[venue, market, accounts, debtUsd],
        ...[collateral, debt].map((row) => plain.assets[plain.oracles[row]!.asset]!.symbol),
      ]),
    ).toEqual([
      ['pool', '', 2, 84_000, 'WETH', 'WBTC'],
      ['pairs', 'WETH/WBTC', 1, 40_000, 'WETH', 'WBTC'],
    ]);
    // Cash never moves, and wstETH against WETH hangs on one feed.
    for (const { collateralFeeds, debtFeeds } of pairs)
      expect([collateralFeeds.length, debtFeeds.length]).toEqual([1, 1]);
    expect(MOST_PAIRS).toBeGreaterThan(pairs.length);
  });

  it('are split by how far their ratio is from that of their markets, whichever way each is off', () => {
    expect(pooled(bookAt({ WETH: -0.02, WBTC: -0.02 })).splitLegs).toBeCloseTo(0, 12);
    // The oracles say 2000 and 40000: the collateral 1/0.99 too high, the debt 1/1.02 of what it is.
    expect(pooled(bookAt({ WETH: -0.01, WBTC: 0.02 })).splitLegs).toBeCloseTo(1.02 / 0.99 - 1, 12);
    expect(pooled(bookAt({ WETH: 0.01, WBTC: -0.02 })).splitLegs).toBeCloseTo(1 - 0.98 / 1.01, 12);
    const { marketPriceUsd: _gone, ...btc } = plain.assets[rowOf('WBTC')]!;
    const without = {
      ...plain,
      assets: plain.assets.with(rowOf('WBTC'), { ...btc, marketPriceUsd: undefined }),
    };
    expect(pooled(without)).toMatchObject({ splitLegs: undefined, values: {}, warnings: [] });
  });

  it.each([
    [0.0199, []],
    [0.02, ['warning']],
    [0.0499, ['warning']],
    [0.05, ['critical']],
  ])('that are %d apart are warned of as %j', (apart, severities) => {
    const pair = pooled(bookAt({ WETH: 1 / (1 + apart + 1e-9) - 1 }));
    expect(pair.splitLegs).toBeCloseTo(apart, 8);
    expect(pair.warnings.map(({ severity }) => severity)).toEqual(severities);
  });

  it('know how long after each other their feeds answered, where both say', () => {
    const [collateral, debt] = [pooled(plain).collateralFeeds[0]!, pooled(plain).debtFeeds[0]!].map(
      (row) => plain.feeds[row]!.id,
    );
    const answered = (...times: readonly (readonly [FeedId, number])[]): OracleHistory => ({
      ...NOTHING,
      answeredAt: new Map(times),
    });
    expect(pooled(plain, answered([collateral!, 1_000], [debt!, 4_600])).apartSeconds).toBe(3_600);
    expect(pooled(plain, answered([collateral!, 4_600], [debt!, 1_000])).apartSeconds).toBe(3_600);
    expect(pooled(plain, answered([collateral!, 1_000])).apartSeconds).toBeUndefined();
  });
});

describe('oracles of one asset', () => {
  const rows = plain.oracles.flatMap(({ asset }, row) => (asset === rowOf('WETH') ? [row] : []));

  it.each([
    [0.0099, []],
    [0.01, ['warning']],
    [0.03, ['critical']],
  ])('that are %d apart disagree as %j', (apart, severities) => {
    const { assets } = oracleReport(bookAt({}, { [rows[1]!]: 2_000 * (1 + apart) + 1e-9 }), NOTHING);
    expect(assets).toHaveLength(1);
    expect(assets[0]!.disagreement).toBeCloseTo(apart, 9);
    expect([assets[0]!.leastUsd, assets[0]!.oracles.length]).toEqual([2_000, 2]);
    expect(assets[0]!.warnings.map(({ severity }) => severity)).toEqual(severities);
  });

  it('are none where there is one', () => {
    const { assets } = oracleReport(plain, NOTHING);
    expect(assets.map(({ asset }) => plain.assets[asset]!.symbol)).toEqual(['WETH']);
  });
});

describe('what is watched over time', () => {
  it('is every feed, oracle, pair and asset once, by names that stay, with what hangs on it', () => {
    const watched = watchedOf(plain, oracleReport(plain, NOTHING));
    const subjects = watched.map(({ subject }) => subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    const of = (kind: string) => watched.filter((one) => one.kind === kind);
    const { address: weth } = plain.assets[rowOf('WETH')]!;
    const { address: wbtc } = plain.assets[rowOf('WBTC')]!;
    expect(of('pair').map(({ subject, label }) => [subject, label])).toEqual([
      [`pair pool ${weth} ${wbtc}`, 'WETH against WBTC at pool'],
      ['pair pairs WETH/WBTC', 'WETH/WBTC at pairs'],
    ]);
    expect(of('asset')).toMatchObject([
      { subject: `asset ${weth}`, assets: ['WETH'], venues: ['pool', 'pairs'], values: { disagreement: 0 } },
    ]);
    const oracle = of('oracle').find(({ subject }) => subject === `oracle ${wbtc} WBTC`);
    expect(oracle).toMatchObject({ label: 'WBTC at pool, pairs', assets: ['WBTC'], atStakeUsd: 124_000 });
    expect(of('feed').find(({ subject }) => subject === 'feed WETH')).toMatchObject({
      venues: expect.arrayContaining(['pool']),
    });
  });
});
