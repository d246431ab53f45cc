import fc from 'fast-check';
import {
  amount,
  count,
  health,
  move,
  percent,
  price,
  share,
  times,
  usd,
  usdExact,
  usdTick,
} from './number.ts';

describe('usd', () => {
  test.each([
    [0, '$0'],
    [0.4, '<$1'],
    [-0.4, '>−$1'],
    [950, '$950'],
    [999.6, '$1.00K'],
    [12_345, '$12.3K'],
    [999_999, '$1.00M'],
    [-1_234_567, '−$1.23M'],
    [4.56e9, '$4.56B'],
    [2e12, '$2.00T'],
  ])('%d is %s', (value, text) => expect(usd(value)).toBe(text));

  test('is at most seven characters for any amount below 1,000 T, so that it fits a cell', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 9.99e14, noNaN: true }), (value) => usd(value).length <= 7),
    );
  });

  test('keeps three significant digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1_000, max: 9.99e14, noNaN: true }), (value) => {
        const [, digits, letter] = /^\$([\d.]+)([KMBT])$/.exec(usd(value)) ?? [];
        const unit = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[letter ?? ''] ?? Number.NaN;
        return Math.abs(Number(digits) * unit - value) <= value * 0.0051;
      }),
    );
  });
});

test('ticks lose the decimals that say nothing', () => {
  expect([15e6, 2.5e6, 300, 0].map(usdTick)).toEqual(['$15M', '$2.5M', '$300', '$0']);
});

test('ratios are percentages with a real minus and at most one decimal', () => {
  expect([percent(-0.2), percent(0.1234), percent(-0.00001), move(0.3), move(-0.271)]).toEqual([
    '−20\u202f%',
    '12.3\u202f%',
    '0\u202f%',
    '+30\u202f%',
    '−27.1\u202f%',
  ]);
});

test('a share is 100 % only when nothing is missing', () => {
  expect([share(0.99996), share(1), share(0.9731)]).toEqual(['99.99\u202f%', '100\u202f%', '97.31\u202f%']);
});

test('prices, amounts, counts and factors', () => {
  expect([price(91_240.4), price(3_184.5), price(0.99983)]).toEqual(['$91,240', '$3,184.50', '$0.9998']);
  expect([amount(12_345.6), amount(0.0881934), amount(135)]).toEqual(['12,346', '0.088193', '135']);
  expect([count(18_342), count('90071992547409931')]).toEqual(['18,342', '90,071,992,547,409,931']);
  expect([times(1.7), times(12.34), health(1.0061), health(25), health(1e9)]).toEqual([
    '1.70×',
    '12.3×',
    '1.006',
    '25.0',
    '>100',
  ]);
  expect([health(0.99996), health(0.9876), health(1)]).toEqual(['0.999', '0.988', '1.000']);
});

test('what is not a number is never printed as one', () => {
  const formats = [usd, usdExact, percent, move, share, times, count, amount, health, price];
  for (const format of formats)
    for (const value of [null, undefined, Number.NaN, Infinity]) expect(format(value)).toBe('–');
});
