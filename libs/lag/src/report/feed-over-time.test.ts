import { importBook, type Book } from '@undertow/book';
import type { FeedId } from '@undertow/market';
import { held, oldBookFile, owed, POOL } from '../../../book/src/fixtures/old-book-file.ts';
import { barsOf, wanderingMarket } from '../fixtures/market-path.ts';
import { keptFlags } from '../fixtures/kept-flags.ts';
import type { FlagKind } from '../flags/flag-rule.ts';
import { readFeed } from '../monitor/read-feed.ts';
import { expectedAnswers } from '../policy/expected-answers.ts';
import { learnPolicy } from '../policy/learn-policy.ts';
import { between, lastAtOrBefore, priceSeries, type PriceSeries } from '../series/price-series.ts';
import { feedMarkets } from './feed-markets.ts';
import { oracleReport } from './oracle-report.ts';
import { watchedOf } from './watched.ts';

// Feeds against what their markets were when they answered: as far as that was measured.

const DAY = 86_400;
const MINUTE = 60;
/** When something goes wrong. */
const WRONG = 4 * DAY;
const FEED: FeedId = 'WETH';
const RULE = { threshold: 0.005, heartbeatSeconds: 3_600, clocks: [] };

const plain = importBook(
  oldBookFile({
    assets: [
      { symbol: 'USDC', decimals: 6, priceUsd: 1, isFixed: true },
      { symbol: 'WETH', priceUsd: 2_000, pool: { quote: 'USDC', liquidity: 2e8 } },
    ],
    venues: [POOL],
    accounts: [{ venue: POOL.id, legs: [held('WETH', 10, 0.8, 0.05), owed('USDC', 15_500)] }],
  }),
);
const row = plain.assets.findIndex(({ symbol }) => symbol === 'WETH');

const priceAt = ({ times, prices }: PriceSeries, time: number) => prices[lastAtOrBefore(times, time)]!;

/** The report at a moment, from what was answered by then and what was measured of the market every five minutes until then. */
function reportAt(time: number, { answers, market }: { answers: PriceSeries; market: PriceSeries }) {
  const known = between(answers, -Infinity, time + 1);
  const measured = [];
  for (let at = Math.max(0, time - 90_000); at < time; at += 5 * MINUTE)
    measured.push({ time: at, price: priceAt(market, at) });
  const answer = priceAt(known, time);
  const book: Book = {
    ...plain,
    time,
    assets: plain.assets.map((asset, i) => ({
      ...asset,
      marketPriceUsd: i === row ? priceAt(market, time) : asset.marketPriceUsd,
    })),
    feeds: plain.feeds.map((feed) => (feed.id === FEED ? { ...feed, answer } : feed)),
    oracles: plain.oracles.map((oracle) => (oracle.asset === row ? { ...oracle, priceUsd: answer } : oracle)),
  };
  const report = oracleReport(book, {
    formulas: new Map(),
    answeredAt: new Map([[FEED, known.times.at(-1)!]]),
    answers: new Map([[FEED, known]]),
    markets: new Map([[FEED, measured]]),
  });
  return { time, book, report, known, measured };
}

const market = wanderingMarket(6 * 1_440, { seed: 3 });
const inTime = priceSeries(expectedAnswers(RULE, barsOf(market), { barSeconds: MINUTE })).series;

/** Answers of which those from a moment on are others. */
const from = (change: (time: number, price: number) => [number, number]) =>
  priceSeries(
    [...inTime.times].map((time, i) => {
      const [at, price] = time < WRONG ? [time, inTime.prices[i]!] : change(time, inTime.prices[i]!);
      return { time: at, price };
    }),
  ).series;

const kindsOf = (answers: PriceSeries, until: number, traded = market): Set<FlagKind> => {
  const moments = [];
  for (let time = WRONG - DAY / 4; time < until; time += 5 * MINUTE) {
    const { book, report } = reportAt(time, { answers, market: traded });
    moments.push({ time, watched: watchedOf(book, report) });
  }
  return new Set(keptFlags(moments).flags.map(({ kind }) => kind));
};

it('has of a feed what readFeed reads of the same', () => {
  for (const hours of [0, 1, 7.5, 20]) {
    const time = WRONG + hours * 3_600;
    const { report, known, measured } = reportAt(time, { answers: inTime, market });
    const feed = report.feeds.find(({ id }) => id === FEED)!;
    const series = priceSeries([...measured, { time, price: priceAt(market, time) }]).series;
    const policy = learnPolicy(known);
    const { values } = readFeed({ answers: known, market: series, policy }, time);
    expect(feed.marketAnswer).toBeCloseTo(priceAt(market, time), 9);
    expect(feed.moveOfThreshold).toBe(values.moveOfThreshold);
    expect(feed.jump).toBe(values.jump);
    expect(feed.values.decoupling).toBe(values.decoupling);
    expect(feed.moveOfThreshold).toBeDefined();
    expect(feed.jump).toBeDefined();
    expect(feed.values.deviation).toBeUndefined();
  }
});

it('tells what a feed missed of its own rule over the day before, and why it cannot', () => {
  const dayAt = (time: number, of: Parameters<typeof reportAt>[1]) =>
    reportAt(time, of).report.feeds.find(({ id }) => id === FEED)!.day;
  const time = WRONG + 6 * 3_600;
  const kept = dayAt(time, { answers: inTime, market });
  expect(kept).toMatchObject({ since: time - DAY, marketSince: time - DAY, missedUnknown: undefined });
  expect(kept.came).toBe(between(inTime, time - DAY, time + 1).times.length);
  expect(kept.missed).toBe(0);
  // Silent for six hours: a heartbeat is missed each, and what the market moved more than that.
  const silent = dayAt(time, { answers: between(inTime, -Infinity, WRONG + 1), market });
  expect(silent.missed).toBeGreaterThanOrEqual(5);
  expect(silent.came + silent.missed!).toBeLessThanOrEqual(kept.came + 6);
  // As the page has it on the first evening: too few answers for a rule, or a market that was not measured.
  const young = dayAt(3_600, { answers: inTime, market });
  expect([young.missed, young.missedUnknown, young.coverageUnknown]).toEqual([
    undefined,
    'rule-unknown',
    'rule-unknown',
  ]);
  const { book, known } = reportAt(time, { answers: inTime, market });
  const unmeasured = oracleReport(book, {
    ...{ formulas: new Map(), answeredAt: new Map(), answers: new Map([[FEED, known]]) },
  }).feeds.find(({ id }) => id === FEED)!.day;
  expect(unmeasured).toMatchObject({
    ...{ marketSince: undefined, jumps: undefined, coverageUnknown: 'market-unknown' },
    missedUnknown: undefined,
  });
  const nothing = { formulas: new Map(), answeredAt: new Map(), answers: new Map() };
  expect(oracleReport(book, nothing).feeds[0]!.day).toMatchObject({
    ...{ since: undefined, came: 0, missedUnknown: 'no-answers', coverageUnknown: 'no-answers' },
  });
});

it('raises nothing while the feed keeps its rule, and finds one that jumps and one that the market has left', () => {
  expect(kindsOf(inTime, WRONG + 3_600)).toEqual(new Set());
  expect(
    kindsOf(
      from((time, price) => [time, price * 1.08]),
      WRONG + 3_600,
    ),
  ).toContain('jumping');
  // A fall of a twentieth within an hour that it does not tell: twice the threshold after twelve minutes.
  const fallen = priceSeries(
    [...market.times].map((time, i) => ({
      time,
      price: market.prices[i]! * Math.min(1, Math.max(0.95, 1 - (time - WRONG) / 72_000)),
    })),
  ).series;
  const silent = between(inTime, -Infinity, WRONG);
  expect(kindsOf(silent, WRONG + 2_400, fallen)).toContain('slow');
  expect(kindsOf(silent, WRONG, fallen)).toEqual(new Set());
});

it('knows nothing of moves where the market was not measured', () => {
  const { book, known } = reportAt(WRONG, { answers: inTime, market });
  const feed = oracleReport(book, {
    formulas: new Map(),
    answeredAt: new Map(),
    answers: new Map([[FEED, known]]),
  }).feeds.find(({ id }) => id === FEED)!;
  expect([feed.jump, feed.values.decoupling]).toEqual([undefined, undefined]);
});

it('has the market of a feed in what it answers in', () => {
  const feed = plain.feeds.find(({ id }) => id === FEED)!;
  const prices = plain.assets.map(({ symbol }) => (symbol === 'WETH' ? 1_800 : 0.9));
  const over = { kind: 'asset', row } as const;
  const under = { kind: 'asset', row: 1 - row } as unknown as typeof over;
  const of = (change: Partial<typeof feed>, known: readonly (number | undefined)[] = prices) =>
    feedMarkets({ assets: plain.assets, feeds: [{ ...feed, ...change }] } as unknown as Book, known)[0];
  expect(of({ over: over as never })).toBe(1_800);
  expect(of({ over: over as never, under: under as never })).toBe(2_000);
  expect(of({ over: over as never }, [undefined, undefined])).toBeUndefined();
  expect(of({ over: { kind: 'reference', row: plain.assets[row]!.reference } })).toBe(1_800);
});
