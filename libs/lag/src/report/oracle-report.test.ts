import { importBook, type Book } from '@undertow/book';
import type { FeedFormula, FeedId } from '@undertow/market';
import { held, oldBookFile, owed, POOL } from '../../../book/src/fixtures/old-book-file.ts';
import { tradingHours } from '../availability/trading-hours.ts';
import { priceSeries } from '../series/price-series.ts';
import { oracleReport, type OracleHistory } from './oracle-report.ts';

const file = oldBookFile({
  assets: [
    { symbol: 'USDC', decimals: 6, priceUsd: 1, isFixed: true },
    { symbol: 'WETH', priceUsd: 2_000, pool: { quote: 'USDC', liquidity: 2e8 } },
  ],
  venues: [POOL],
  accounts: [{ venue: POOL.id, legs: [held('WETH', 10, 0.8, 0.05), owed('USDC', 15_500)] }],
});
const plain = importBook(file);
/** The book with its markets moved away from its oracles. */
const bookAt = (moves: Readonly<Record<string, number>>): Book => ({
  ...plain,
  assets: plain.assets.map((asset) => ({
    ...asset,
    marketPriceUsd: asset.oraclePriceUsd * (1 + (moves[asset.symbol] ?? 0)),
  })),
});
const NOTHING: OracleHistory = { formulas: new Map(), answeredAt: new Map(), answers: new Map() };
const standing = (book: Book, symbol: string, history = NOTHING) =>
  oracleReport(book, history).oracles.find(({ asset }) => book.assets[asset]!.symbol === symbol)!;
const feedOf = (book: Book) => standing(book, 'WETH').feeds.map((row) => book.feeds[row]!.id)[0]!;

describe('the oracles of a book', () => {
  it('warn of nothing where they say what markets say, and know no rule of what is not stored', () => {
    const { oracles, feeds, due } = oracleReport(bookAt({}), NOTHING);
    expect(oracles.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(oracles[0]!.pricedUsd).toBeGreaterThanOrEqual(oracles[1]!.pricedUsd);
    for (const feed of feeds)
      expect(feed).toMatchObject({ ageSeconds: undefined, answersKnown: 0, warnings: [] });
    expect(due.hidden).toEqual([]);
  });

  it('are too high by what the market has fallen, and hide who would be due there', () => {
    const book = bookAt({ WETH: -0.06 });
    expect(standing(book, 'WETH').warnings).toMatchObject([{ kind: 'deviating', severity: 'critical' }]);
    expect(standing(book, 'WETH').deviation).toBeCloseTo(1 / 0.94 - 1, 12);
    expect(oracleReport(book, NOTHING).due.hidden).toHaveLength(1);
  });

  it('that never answer anew are decoupled when the market leaves them', () => {
    const kinds = standing(bookAt({ USDC: -0.1 }), 'USDC').warnings.map(({ kind }) => kind);
    expect(kinds).toEqual(['deviating', 'decoupled']);
  });

  it('are capped where the rate of an adapter has no room, however deep it lies', () => {
    const id = standing(plain, 'WETH').id;
    const base: FeedId = 'rate';
    const WAD = 10n ** 18n;
    const formulas = new Map<FeedId, FeedFormula>([
      [id, { form: 'product', times: [base], over: [], multiplier: 1n, divisor: 1n }],
      [
        base,
        {
          form: 'rate',
          rate: 12n * WAD,
          rateDecimals: 18,
          cap: { rate: 11n * WAD, since: 0n, growthPerSecond: 0n, growthScale: 1n },
        },
      ],
    ]);
    const found = standing(bookAt({}), 'WETH', { ...NOTHING, formulas });
    expect(found.capHeadroom).toBeCloseTo(-1 / 12, 12);
    expect(found.warnings).toMatchObject([{ kind: 'capped', severity: 'critical' }]);
  });

  it('have feeds that are stuck by the rule that they kept, and unknown where they give no time', () => {
    const book = bookAt({});
    const id = feedOf(book);
    const hours = Array.from({ length: 100 }, (_, hour) => ({
      time: book.time - 3 * 3_600 - (100 - hour) * 3_600,
      price: 2_000 + hour,
    }));
    const { series } = priceSeries(hours);
    const history = { ...NOTHING, answers: new Map([[id, series]]) };
    const late = { ...history, answeredAt: new Map([[id, series.times.at(-1)!]]) };
    const of = (known: OracleHistory) => oracleReport(book, known).feeds.find((feed) => feed.id === id)!;
    expect(of(late)).toMatchObject({
      policy: { heartbeatSeconds: 3_600 },
      ageSeconds: 4 * 3_600,
      ageOfHeartbeat: 4,
      answersKnown: 100,
      warnings: [{ kind: 'stuck', severity: 'critical' }],
    });
    expect(of(history)).toMatchObject({ ageOfHeartbeat: undefined, warnings: [] });
  });

  it('have a sequencer that is said to be down, or up again too shortly, where its feed is known', () => {
    const book = bookAt({});
    const of = (sequencer: OracleHistory['sequencer']) =>
      oracleReport(book, { ...NOTHING, ...(sequencer && { sequencer }) }).sequencer;
    const before = { time: book.time - 9_000, isDown: true };
    expect(of(undefined)).toBeUndefined();
    expect(of([before])?.state).toBe('down');
    expect(of([before, { time: book.time - 600, isDown: false }])?.state).toBe('grace');
    expect(of([before, { time: book.time - 3_600, isDown: false }])?.state).toBe('up');
  });

  it('have feeds whose market is closed, which is said and is no reason to call them stuck', () => {
    const book = bookAt({});
    const id = feedOf(book);
    const answers = priceSeries(
      Array.from({ length: 100 }, (_, hour) => ({
        time: book.time - (102 - hour) * 3_600,
        price: 2_000 + hour,
      })),
    ).series;
    const never = tradingHours({ zone: 'UTC', sessions: [], holidays: [] });
    const history: OracleHistory = {
      ...NOTHING,
      answers: new Map([[id, answers]]),
      answeredAt: new Map([[id, answers.times.at(-1)!]]),
    };
    const standingOf = (known: OracleHistory) =>
      oracleReport(book, known).feeds.find((feed) => feed.id === id)!;
    expect(standingOf(history).warnings.map(({ kind }) => kind)).toContain('stuck');
    const closed = standingOf({ ...history, hours: new Map([[id, never]]) });
    expect(closed.trading).toEqual({ isOpen: false, changesAt: undefined, by: 'configured' });
    expect(closed.warnings.map(({ kind }) => kind)).not.toContain('stuck');
  });

  it('have hours by what they are called where nobody configured any', () => {
    const [saturday, unknown] = ['XAU / USD', 'KRW / USD'].map((label) => {
      const book = { ...bookAt({}), time: Date.parse('2026-11-28T12:00:00Z') / 1_000 };
      const named = { ...book, feeds: book.feeds.map((feed) => ({ ...feed, label })) };
      const history = { ...NOTHING, answeredAt: new Map([[feedOf(book), book.time - 3_600]]) };
      return oracleReport(named, history).feeds.find(({ id }) => id === feedOf(book))!;
    });
    expect(saturday).toMatchObject({
      trading: { isOpen: false, by: 'precious-metals', changesAt: Date.parse('2026-11-29T23:00Z') / 1_000 },
      isClosingUnknown: false,
    });
    expect(unknown).toMatchObject({ trading: undefined, isClosingUnknown: true });
  });
});
