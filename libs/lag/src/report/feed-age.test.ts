import { tradingHours } from '../availability/trading-hours.ts';
import { priceSeries } from '../series/price-series.ts';
import { feedAge } from './feed-age.ts';

const HOUR = 3_600;
const at = (text: string) => Date.parse(`${text}:00Z`) / 1_000;
const hours = tradingHours({
  zone: 'America/New_York',
  sessions: [{ weekdays: [1, 2, 3, 4, 5], opens: '09:30', closes: '16:00' }],
  holidays: [],
});
/** Every hour of trading over eight weeks, up to the close of Friday 27 November 2026. */
const known = priceSeries(
  Array.from({ length: 8 * 7 * 24 * 2 }, (_, row) => at('2026-10-05T13:00') + row * (HOUR / 2))
    .filter((time) => time % HOUR === 0 && hours.openSeconds(time - 1, time) > 0)
    .filter((time) => time <= at('2026-11-27T21:00'))
    .map((time, row) => ({ time, price: 100 + (row % 5) })),
).series;
const last = known.times.at(-1)!;
const age = (time: number, change: Partial<Parameters<typeof feedAge>[0]> = {}) =>
  feedAge({ answeredAt: last, known, hours, time, ...change });

describe('the age of a feed whose market closes', () => {
  it('does not grow while it is closed, which is said', () => {
    const sunday = age(at('2026-11-29T12:00'));
    expect(sunday.trading).toEqual({ isOpen: false, changesAt: at('2026-11-30T14:30') });
    expect(sunday.ageOfHeartbeat).toBe(0);
    expect(sunday.ageSeconds).toBe(39 * HOUR);
    // Without the hours the same feed would be long overdue, or its weekends would be its heartbeat.
    const without = age(at('2026-11-29T12:00'), { hours: undefined });
    expect(without.policy.heartbeatSeconds).toBeGreaterThan(10 * HOUR);
    expect(without.trading).toBeUndefined();
  });

  it('has a heartbeat in open hours, and is overdue by them', () => {
    const monday = age(at('2026-11-30T17:30'));
    expect(monday.policy.heartbeatSeconds).toBe(HOUR);
    expect(monday.trading).toEqual({ isOpen: true, changesAt: at('2026-11-30T21:00') });
    expect(monday.ageOfHeartbeat).toBe(3);
  });
});

describe('the age of a feed whose clock is wrong', () => {
  it('is that of the block which first had the answer, so that it cannot stay young', () => {
    const time = last + 4 * HOUR;
    const ahead = age(time, { answeredAt: time + HOUR, hours: undefined });
    expect(ahead.ageSeconds).toBe(4 * HOUR);
    expect(age(time, { answeredAt: time + HOUR, known: undefined }).ageSeconds).toBeUndefined();
    expect(age(time, { answeredAt: undefined }).ageOfHeartbeat).toBeUndefined();
  });
});
