import { ago, isoTime, minute, utc } from './time.ts';

test('ages are in the largest whole unit', () => {
  const now = 1_800_000_000;
  expect([0, 1, 12, 59, 60, 3_599, 3_600, 90_000].map((age) => ago(now - age, now))).toEqual([
    'now',
    'now',
    '12\u202fs ago',
    '59\u202fs ago',
    '1\u202fmin ago',
    '59\u202fmin ago',
    '1\u202fh ago',
    '1\u202fd ago',
  ]);
});

test('after thirty days a date says more', () => expect(ago(0, 1_800_000_000)).toBe('1970-01-01'));

test('a clock that runs behind the chain shows now, not a negative age', () =>
  expect(ago(1_000, 990)).toBe('now'));

test('moments are in UTC', () => {
  expect([utc(1_795_175_370), isoTime(0)]).toEqual(['2026-11-20 11:49:30 UTC', '1970-01-01T00:00:00.000Z']);
});

test('columns show minutes', () => expect(minute(1_795_175_370)).toBe('2026-11-20 11:49'));
