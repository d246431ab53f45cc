import { askedOf, placeOf, studiedBook } from '../fixtures/studied.ts';
import { walkedPrices, withPrices } from '../fixtures/walked-prices.ts';
import { adviseOne } from '../advice/advise-one.ts';
import { openStudy } from '../study/study.ts';
import { withBacktest } from './with-backtest.ts';
import type { CascadeBacktestAsked } from './cascade-asked.ts';
import { cascadeBacktest, cascadeDateAt, cascadeDates, cascadeRecord } from './cascade-backtest.ts';

const DAY = 86_400;
const { prices, ...grid } = walkedPrices(60);
const table = { ...grid, prices: new Map([['ETH', prices.get('COIN')!.map((price) => price ** 4)]]) };
const { confidence, tolerance } = askedOf(20_000);
const of: CascadeBacktestAsked = {
  table,
  factors: ['ETH'],
  horizonSeconds: DAY,
  memory: 40,
  every: 17,
  parameter: placeOf('aave30 ETH liquidationThreshold').parameter,
  asked: { confidence, tolerance, stepBps: 200 },
  bookAt: () => studiedBook,
};

describe('cascadeBacktest', () => {
  const found = cascadeBacktest(of);

  it('advises at each date from the windows before it, and runs what came', () => {
    expect(found.dates.map(({ time }) => time / DAY)).toEqual([41, 58]);
    expect(found.record).toMatchObject({ of: 'cascade', confidence: 0.95, from: 41 * DAY, to: 59 * DAY });
    const [advised, present] = found.record.lines;
    expect(advised).toMatchObject({ name: 'advised', dates: 2 });
    // The first 40 windows moved farther than the last.
    expect(found.dates[0]!.advised).toBeLessThan(found.dates[1]!.advised!);
    expect(present).toMatchObject({ name: 'present', least: 0.8, greatest: 0.8, largestCut: 0 });
    const advice = adviseOne(
      openStudy(studiedBook, askedOf(20_000)),
      placeOf('aave30 ETH liquidationThreshold'),
    );
    expect(withBacktest(advice, found).words.at(-1)).toBe(found.record.words[0]);
    for (const { lossUsd, toleranceUsd } of found.dates)
      expect([typeof lossUsd, toleranceUsd]).toEqual(['number', 20_000]);
    expect(found.record.words.join(' ')).toContain('One book stands for all dates');
  });

  it('is the same where each date is run by itself', () => {
    const { bookAt: _, every: __, memory: ___, ...rest } = of;
    const onBook = { ...rest, most: 2 };
    const dates = cascadeDates(onBook);
    // 59 windows: half of them are the memory, and the last is the last date.
    expect(dates).toEqual({ memory: 29, places: [43, 58] });
    expect(cascadeDates({ ...onBook, asked: { ...of.asked, confidence: 0.99 } })).toMatchObject({
      places: [],
      why: 'the history has 59 windows, and the first date takes 100 before it',
    });
    const own = { ...onBook, memory: of.memory };
    const ran = [41 - 1, 58 - 1].map((at) => cascadeDateAt(own, { book: studiedBook, at }));
    expect(ran).toEqual(found.dates);
    expect(cascadeRecord(own, { memory: of.memory }, ran).record).toEqual(found.record);
  });

  it('makes nothing of what was measured up to now', () => {
    const given = [
      { name: 'realised-volatility', of: 'ETH', value: 0.01, source: 'now' },
      { name: 'implied-volatility', of: 'ETH', value: 0.05, source: 'now' },
    ] as const;
    expect(cascadeBacktest({ ...of, asked: { ...of.asked, given } }).dates).toEqual(found.dates);
  });

  it('looks at nothing after a date', () => {
    const at = 57;
    const changed = cascadeBacktest({
      ...of,
      table: withPrices(table, (price, row) => (row > at ? price / 2 : price)),
    });
    expect(changed.dates.map(({ advised }) => advised)).toEqual(found.dates.map(({ advised }) => advised));
    // The window from that price on halves it: what comes of the same advice is not the same.
    expect(changed.dates[1]!.lossUsd).toBeGreaterThan(found.dates[1]!.lossUsd!);
    expect(changed.record.lines[0]!.exceptions).toBeGreaterThan(0);
  });

  it('says why there is none', () => {
    expect(cascadeBacktest({ ...of, memory: 59 }).record.words).toEqual([
      'It was not backtested: the history has 59 windows, and the first date takes 59 before it.',
    ]);
    expect(cascadeBacktest({ ...of, bookAt: () => undefined }).record).toMatchObject({
      of: 'none',
      words: ['It was not backtested: no date has a value: no date has a book.'],
    });
    expect(() => cascadeBacktest({ ...of, memory: 10 })).toThrow('take 20 or more');
    const other = { ...of.parameter, market: 'nowhere' };
    expect(() => cascadeBacktest({ ...of, parameter: other })).toThrow('the book has no parameter');
  });
});
