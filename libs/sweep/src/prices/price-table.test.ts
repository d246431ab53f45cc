import { jointReturns } from './joint-returns.ts';
import { priceTable, type PriceRow } from './price-table.ts';

const HOUR = 3_600;
const series = (symbol: string, prices: readonly (number | undefined)[]): PriceRow[] =>
  prices.flatMap((price, at) => (price === undefined ? [] : [{ time: at * HOUR, symbol, price }]));

describe('priceTable', () => {
  it('has at each step the last price that was known by then', () => {
    const late = { time: 1.5 * HOUR, symbol: 'ETH', price: 12 };
    const { start, length, prices } = priceTable([...series('ETH', [10, 11, undefined, 13]), late], HOUR);
    expect([start, length]).toEqual([0, 4]);
    expect([...prices.get('ETH')!]).toEqual([10, 11, 12, 13]);
  });

  it('holds no price for longer than two steps', () => {
    const gap = undefined;
    const { prices } = priceTable(series('ETH', [10, gap, gap, gap, 14]), HOUR);
    expect([...prices.get('ETH')!]).toEqual([10, 10, 10, NaN, 14]);
  });

  it('says what is no price', () => {
    expect(() => priceTable([], HOUR)).toThrow('no prices');
    expect(() => priceTable(series('ETH', [10, 0]), HOUR)).toThrow(
      'price of ETH at 3600 must be above 0, but is 0',
    );
    expect(() => priceTable([{ time: NaN, symbol: 'ETH', price: 1 }], HOUR)).toThrow('no unix time');
    const mixed = [...series('ETH', [10]), { time: 1.7e12, symbol: 'BTC', price: 1 }];
    expect(() => priceTable(mixed, HOUR)).toThrow('one of them is no unix time in seconds');
    expect(() => priceTable(series('ETH', [10]), 0)).toThrow('step must be above 0');
  });
});

describe('jointReturns', () => {
  const table = priceTable(
    [
      ...series('ETH', [10, 20, 40, 20, 10]),
      ...series('BTC', [1, 1, 2, 2, 1]),
      { time: 2 * HOUR, symbol: 'CRV', price: 3 },
    ],
    HOUR,
  );
  const wanted = ['ETH', 'BTC'];

  it('takes overlapping windows of all factors at once', () => {
    const { starts, rows } = jointReturns(table, { horizonSeconds: 2 * HOUR, wanted });
    expect(starts).toEqual([0, HOUR, 2 * HOUR]);
    const expected = [
      [4, 2],
      [1, 2],
      [0.25, 0.5],
    ];
    expect(rows.map((row) => [...row].map(Math.exp))).toEqual(
      expected.map((row) => row.map((value) => expect.closeTo(value, 12))),
    );
  });

  it('leaves out windows in which one lacks a price, and says whose', () => {
    const { starts, lacking } = jointReturns(table, { horizonSeconds: HOUR });
    expect(starts).toEqual([2 * HOUR, 3 * HOUR]);
    expect([...lacking]).toEqual([
      ['ETH', 0],
      ['BTC', 0],
      ['CRV', 2],
    ]);
  });

  it('says what cannot be', () => {
    expect(() => jointReturns(table, { horizonSeconds: 1_800 })).toThrow(
      'the horizon of 30 minutes must be one or more whole steps of 1 hour',
    );
    expect(() => jointReturns(table, { horizonSeconds: HOUR, wanted: ['DOGE'] })).toThrow(
      'no prices of DOGE; there are some of ETH, BTC, CRV',
    );
    expect(() => jointReturns(table, { horizonSeconds: 4 * HOUR })).toThrow('CRV lacks 1');
    expect(() => jointReturns(table, { horizonSeconds: 5 * HOUR })).toThrow('too short a time');
  });
});
