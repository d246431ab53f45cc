import { importBook, type Book } from '@undertow/book';
import {
  assetMarkets,
  DEFAULT_RULES,
  oracleReport,
  priceSeries,
  type ExchangeQuote,
  type FlagKind,
  type OracleHistory,
} from '@undertow/lag';
import type { FeedFormula, FeedId } from '@undertow/market';
import { held, oldBookFile, owed, PAIRS, POOL } from '../../../libs/book/src/fixtures/old-book-file.ts';
import { memorySeries } from '../test-server/memory-series.ts';
import { oracleAnswer } from './oracle-answer.ts';
import { readOracles } from './oracle-reading.ts';
import type { SeriesSource } from './series-source.ts';
import type { LedgerAtHead } from './shown.ts';

const pool = { quote: 'USDC', liquidity: 2e8 };
const plain = importBook(
  oldBookFile({
    assets: [
      { symbol: 'USDC', decimals: 6, priceUsd: 1, isFixed: true },
      { symbol: 'WETH', priceUsd: 2_000, pool },
      { symbol: 'WBTC', decimals: 8, priceUsd: 40_000, pool },
      { symbol: 'DAI', priceUsd: 1, isFixed: true, pool },
    ],
    venues: [POOL, PAIRS],
    accounts: [
      { venue: POOL.id, legs: [held('WETH', 100, 0.8, 0.05), owed('WBTC', 2), owed('DAI', 100)] },
      { venue: PAIRS.id, legs: [{ ...held('WETH', 50, 0.8, 0.05), isOwnPrice: true }, owed('WBTC', 1)] },
    ],
  }),
);
const WETH = plain.assets.findIndex(({ symbol }) => symbol === 'WETH');
const feed: FeedId = 'WETH';

/** What is seen at one moment: how the book and what is known beside it differ from what is right. */
interface Seen {
  /** Moves of markets from their oracles, by symbol. */
  readonly markets?: Readonly<Record<string, number>>;
  /** What the own oracle of the pair says ÷ what the feed says. */
  readonly ownPrice?: number;
  /** Age of the feed's last answer, in heartbeats of an hour. */
  readonly age?: number;
  /** Room below a cap on the rate of the feed's adapter. */
  readonly capRoom?: number;
  /** Room above the least answer of the feed. */
  readonly boundRoom?: number;
  /** What is wrong with one of three exchanges: how far it is from the others, how old what it says, how far its clock ahead. */
  readonly liar?: { readonly apart?: number; readonly age?: number; readonly clock?: number };
  /** Nothing is priced any more. */
  readonly isEmpty?: boolean;
}

function bookAt({ markets = {}, ownPrice = 1, boundRoom, isEmpty = false }: Seen, time: number): Book {
  const { accounts } = plain;
  return {
    ...plain,
    time,
    accounts: isEmpty ? { ...accounts, count: 0 } : accounts,
    assets: plain.assets.map((asset) => ({
      ...asset,
      marketPriceUsd: asset.marketPriceUsd && asset.oraclePriceUsd * (1 + (markets[asset.symbol] ?? 0)),
    })),
    oracles: plain.oracles.map((oracle) => ({
      ...oracle,
      priceUsd: oracle.priceUsd * (oracle.asset === WETH && oracle.id !== feed ? ownPrice : 1),
    })),
    feeds: plain.feeds.map((one) => ({
      ...one,
      least: one.id === feed && boundRoom !== undefined ? one.answer / (1 + boundRoom) : one.least,
    })),
  };
}

/** What three exchanges say of WETH, where one of them may lie. */
function quotesAt({ liar }: Seen, time: number): ExchangeQuote[] {
  if (!liar) return [];
  const { apart = 0, age = 0, clock = 0 } = liar;
  const of = { symbol: 'ETH/USD', base: 'ETH', quote: 'USD', asset: 'WETH', volume: 1e6 };
  const honest = { ...of, time, price: 2_000, exchangeTime: time };
  const at = time - age;
  return [
    ...[
      { ...honest, exchange: 'kraken' },
      { ...honest, exchange: 'gemini' },
    ],
    { ...of, exchange: 'liar', time: at, price: 2_000 * (1 + apart), exchangeTime: at + clock },
  ];
}

const WAD = 10n ** 18n;

/** A feed that answered every hour up to its last answer, so that its heartbeat is learned to be an hour. */
function historyAt({ age, capRoom }: Seen, time: number): OracleHistory {
  const last = time - Math.round((age ?? 0) * 3_600);
  const answers = Array.from({ length: 100 }, (_, hour) => ({
    time: last - (99 - hour) * 3_600,
    price: 2_000 + hour,
  }));
  const greatest = BigInt(Math.round((1 + (capRoom ?? 0)) * 1e9)) * 10n ** 9n;
  const cap = { rate: greatest, since: 0n, growthPerSecond: 0n, growthScale: 1n };
  const rate: FeedFormula = { form: 'rate', rate: WAD, rateDecimals: 18, cap };
  return {
    formulas: new Map(capRoom === undefined ? [] : [[feed, rate]]),
    answeredAt: new Map(age === undefined ? [] : [[feed, last]]),
    answers: new Map(age === undefined ? [] : [[feed, priceSeries(answers).series]]),
  };
}

/** Reads and keeps a moment, as the schedule does; moments are five minutes and a block apart. */
async function read(series: SeriesSource, seen: Seen, block: number) {
  const time = 1_800_000_000 + block * 300;
  const book = bookAt(seen, time);
  const report = oracleReport(book, historyAt(seen, time), assetMarkets(book, quotesAt(seen, time)));
  const at = { book, head: { block, time } } as LedgerAtHead;
  const reading = await readOracles({ at, report }, series);
  const of = { block, time, hash: '0x' as const, bookHash: `book ${block}` };
  await series.keep(of, reading.measures, reading.flags);
  return { ...reading, time };
}

const flagsIn = (series: SeriesSource) => series.flags({ where: {}, most: 100 });

describe('flags of what is read of a book', () => {
  // Of each kind: a moment at which nothing is wrong, one in which it is, at the line and a little beyond it, and one beyond critical.
  const kinds: [FlagKind, string, (value: number) => Seen][] = [
    ['stuck', 'feed WETH', (age) => ({ age })],
    ['capped', `oracle ${plain.assets[WETH]!.address} WETH`, (capRoom) => ({ capRoom })],
    ['bounded', 'feed WETH', (boundRoom) => ({ boundRoom })],
    ['split-legs', 'pair pairs WETH/WBTC', (apart) => ({ markets: { WETH: 1 / (1 + apart) - 1 } })],
    ['disagreeing', `asset ${plain.assets[WETH]!.address}`, (apart) => ({ ownPrice: 1 + apart })],
    [
      'deviating',
      `oracle ${plain.assets[WETH]!.address} WETH`,
      (apart) => ({ markets: { WETH: 1 / (1 + apart) - 1 } }),
    ],
    [
      'decoupled',
      `oracle ${plain.assets.find(({ symbol }) => symbol === 'DAI')!.address} DAI`,
      (apart) => ({ markets: { DAI: 1 / (1 + apart) - 1 } }),
    ],
    ['outlying', 'source liar ETH/USD', (apart) => ({ liar: { apart } })],
    ['silent', 'source liar ETH/USD', (times) => ({ liar: { age: times * 300 } })],
    ['clock-apart', 'source liar ETH/USD', (clock) => ({ liar: { clock } })],
  ];

  it.each(kinds)(
    '%s are raised, made critical and ended by the lines of the rule',
    async (kind, subject, seen) => {
      const { raiseAt, criticalAt, clearAt, measure } = DEFAULT_RULES.find((rule) => rule.kind === kind)!;
      const beyond = (line: number) => line + Math.sign(criticalAt - raiseAt) * 5e-4;
      const short = (line: number) => line - Math.sign(criticalAt - raiseAt) * 5e-4;
      const series = memorySeries(() => []);
      const own = async () =>
        (await flagsIn(series)).filter((flag) => flag.kind === kind && flag.subject === subject);
      const { measures } = await read(series, seen(short(raiseAt)), 1);
      expect(measures.map(({ name, subject: of }) => `${name} ${of}`)).toContain(`${measure} ${subject}`);
      await read(series, seen(beyond(raiseAt)), 2);
      expect(await own()).toEqual([]);
      const { time: raisedAt } = await read(series, seen(beyond(raiseAt)), 3);
      expect(await own()).toMatchObject([
        { severity: 'warning', start: raisedAt - 300, raisedAt, end: undefined },
      ]);
      const { time: peakTime } = await read(series, seen(beyond(criticalAt)), 4);
      expect(await own()).toMatchObject([{ severity: 'critical', peakTime, end: undefined }]);
      await read(series, seen(beyond(clearAt)), 5);
      await read(series, seen(beyond(clearAt)), 6);
      expect(await own()).toMatchObject([{ end: undefined }]);
      const { time: end } = await read(series, seen(short(clearAt)), 7);
      await read(series, seen(short(clearAt)), 8);
      const [flag] = await own();
      expect(flag).toMatchObject({ severity: 'critical', start: raisedAt - 300, end });
      expect(flag!.peak).toBeCloseTo(criticalAt, 2);
      expect(flag!.atStakeUsd).toBeGreaterThan(0);
    },
  );

  it('are none where everything is right', async () => {
    const series = memorySeries(() => []);
    for (const block of [1, 2, 3, 4]) await read(series, { age: 0.5, capRoom: 0.1, boundRoom: 1 }, block);
    expect(await flagsIn(series)).toEqual([]);
  });

  it('end when nothing hangs any more on what they are of', async () => {
    const series = memorySeries(() => []);
    for (const block of [1, 2]) await read(series, { age: 3 }, block);
    expect(await flagsIn(series)).toMatchObject([{ kind: 'stuck', end: undefined }]);
    const { time } = await read(series, { isEmpty: true }, 3);
    expect(await flagsIn(series)).toMatchObject([{ kind: 'stuck', end: time }]);
  });

  it('stand as they stood at a block', async () => {
    const series = memorySeries(() => []);
    for (const [at, age] of [3, 3, 0.1, 0.1].entries()) await read(series, { age }, at + 1);
    const standing = async (block: number) =>
      (await series.flags({ block, where: { isOpen: true }, most: 9 })).length;
    expect(await Promise.all([1, 2, 3, 4].map(standing))).toEqual([0, 1, 1, 0]);
  });

  it('come with how far a feed ran behind its market over the day before, which the answer has with its band', async () => {
    const time = 1_800_000_000;
    const book = bookAt({}, time);
    const priceAt = (at: number) => 2_000 * (1 + 0.05 * Math.sin(at / 7_000) + 0.03 * Math.sin(at / 1_900));
    const said = (step: number, late: number) =>
      Array.from({ length: Math.ceil(100_000 / step) }, (_, row) => time - 100_000 + row * step).map(
        (at) => ({
          ...{ time: at, price: priceAt(at - late) },
        }),
      );
    const history = {
      ...historyAt({ age: 0 }, time),
      answers: new Map([[feed, priceSeries(said(900, 1_800)).series]]),
      markets: new Map([[feed, said(300, 0)]]),
    };
    const report = oracleReport(book, history);
    const at = { book, head: { block: 1, time } } as LedgerAtHead;
    const { measures } = await readOracles(
      { at, report },
      memorySeries(() => []),
    );
    const delays = measures.filter(({ name }) => name === 'delaySeconds');
    expect(delays).toEqual([
      { name: 'delaySeconds', subject: 'feed WETH', value: expect.closeTo(1_800, -2) },
    ]);
    const answeredFeed = oracleAnswer(at, report)
      .feeds({})
      .find(({ id }) => id === feed)!;
    const answered = (await answeredFeed.delay())!;
    expect(answered.seconds).toBe(delays[0]!.value);
    expect(answered.leastSeconds).toBeLessThanOrEqual(answered.seconds);
    expect(answered.greatestSeconds).toBeGreaterThanOrEqual(answered.seconds);
    expect(answered.error).toBeLessThan(answered.errorWithoutDelay!);
  });

  it('come with what feeds that answer would say by their markets, which later readings look back at', async () => {
    const series = memorySeries(() => []);
    const of = async (seen: Seen, block: number) =>
      (await read(series, seen, block)).measures
        .filter(({ name }) => name === 'marketAnswer')
        .map(({ subject, value }) => [subject, value]);
    expect(await of({ age: 0.5, markets: { WETH: 0.01 } }, 1)).toEqual([['feed WETH', 2_020]]);
    // One that never answered has nothing to be held against it.
    expect(await of({ markets: { WETH: 0.01 } }, 2)).toEqual([]);
  });
});
