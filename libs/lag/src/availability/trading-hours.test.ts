import fc from 'fast-check';
import { tradingHours, type TradingCalendar } from './trading-hours.ts';

/** Stocks in New York, with two holidays of 2026 and a short day. */
const STOCKS: TradingCalendar = {
  zone: 'America/New_York',
  sessions: [{ weekdays: [1, 2, 3, 4, 5], opens: '09:30', closes: '16:00' }],
  holidays: ['2026-11-26', '2026-12-25'],
  otherHours: { '2026-11-27': { opens: '09:30', closes: '13:00' } },
};
/** Currencies, from Sunday to Friday at five in New York. */
const CURRENCIES: TradingCalendar = {
  zone: 'America/New_York',
  sessions: [
    { weekdays: [1, 2, 3, 4], opens: '00:00', closes: '24:00' },
    { weekdays: [5], opens: '00:00', closes: '17:00' },
    { weekdays: [7], opens: '17:00', closes: '24:00' },
  ],
  holidays: [],
};
const at = (text: string) => Date.parse(`${text}:00Z`) / 1_000;
const HOUR = 3_600;

describe('hours of trading', () => {
  const stocks = tradingHours(STOCKS);

  it.each([
    ['2026-11-25T14:30', true, 'Wednesday, half past nine in winter'],
    ['2026-11-25T14:29', false, 'a minute before'],
    ['2026-11-25T21:00', false, 'at four'],
    ['2026-07-01T13:30', true, 'half past nine in summer'],
    ['2026-11-26T15:00', false, 'Thanksgiving'],
    ['2026-11-27T17:59', true, 'the short day after it'],
    ['2026-11-27T18:00', false, 'when that ends'],
    ['2026-11-28T15:00', false, 'Saturday'],
  ])('at %s: open is %s (%s)', (time, isOpen) => {
    expect(stocks.isOpen(at(time))).toBe(isOpen);
  });

  it('count the open seconds between two times, over holidays and weekends', () => {
    // From Wednesday's close over Thanksgiving, the short Friday and the weekend to eleven on Monday.
    expect(stocks.openSeconds(at('2026-11-25T21:00'), at('2026-11-30T16:00'))).toBe(3.5 * HOUR + 1.5 * HOUR);
    expect(stocks.openSeconds(at('2026-11-28T00:00'), at('2026-11-29T00:00'))).toBe(0);
  });

  it('say when they next change, and take what follows on itself for one', () => {
    expect(stocks.nextChange(at('2026-11-25T21:00'))).toBe(at('2026-11-27T14:30'));
    expect(stocks.nextChange(at('2026-11-27T15:00'))).toBe(at('2026-11-27T18:00'));
    const currencies = tradingHours(CURRENCIES);
    expect(currencies.nextChange(at('2026-11-24T12:00'))).toBe(at('2026-11-27T22:00'));
    expect(currencies.nextChange(at('2026-11-28T12:00'))).toBe(at('2026-11-29T22:00'));
    expect(tradingHours({ ...STOCKS, sessions: [] }).nextChange(0)).toBeUndefined();
  });

  it('add up however a time is cut, and are open exactly while seconds count', () => {
    const time = fc.integer({ min: at('2026-01-01T00:00'), max: at('2027-01-01T00:00') });
    fc.assert(
      fc.property(fc.constantFrom(STOCKS, CURRENCIES), time, time, time, (calendar, a, b, c) => {
        const hours = tradingHours(calendar);
        const [first, middle, last] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        expect(hours.openSeconds(first, middle) + hours.openSeconds(middle, last)).toBe(
          hours.openSeconds(first, last),
        );
        expect(hours.openSeconds(first, first + 1)).toBe(hours.isOpen(first) ? 1 : 0);
      }),
      { numRuns: 50 },
    );
  });

  it('close on the same days of every year, and on the 29th of February where there is one', () => {
    const always = [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }];
    const hours = tradingHours({
      ...{ zone: 'UTC', sessions: always, holidays: [] },
      yearlyHolidays: ['01-01', '02-29', '12-31'],
    });
    const closed = (year: number) =>
      (Date.UTC(year + 1, 0) - Date.UTC(year, 0)) / 1_000 -
      hours.openSeconds(Date.UTC(year, 0) / 1_000, Date.UTC(year + 1, 0) / 1_000);
    for (let year = 1_970; year < 2_040; year += 1)
      expect([year, closed(year) / 86_400]).toEqual([year, year % 4 === 0 ? 3 : 2]);
  });

  it('refuse what cannot be read, with what to write', () => {
    const bad = (change: Partial<TradingCalendar>) => () => tradingHours({ ...STOCKS, ...change });
    expect(bad({ zone: 'New York' })).toThrow(/no time zone: name it as the IANA does/);
    expect(bad({ holidays: ['25.12.2026'] })).toThrow(/write it as 2026-12-25/);
    expect(bad({ yearlyHolidays: ['02-30'] })).toThrow(/write it as 12-25/);
    const session = (change: object) => [{ ...STOCKS.sessions[0]!, ...change }];
    expect(bad({ sessions: session({ closes: '4 pm' }) })).toThrow(/write it as 09:30/);
    expect(bad({ sessions: session({ opens: '22:00' }) })).toThrow(/two sessions/);
    expect(bad({ sessions: session({ weekdays: [0] }) })).toThrow(/1 \(Monday\) to 7/);
  });
});
