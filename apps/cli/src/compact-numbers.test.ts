import { amount, count, dollars, money, moveCell, signedPercent } from './compact-numbers.ts';

test('money is short, and never looks like nothing when there is some', () => {
  const written = [0, 0.004, 0.3, -0.3, 1, 9_999, 9_999.6, 10_000, 12_345, 38_944_000, -1_234_567, 7e12];
  expect(written.map(money)).toEqual([
    ...['–', '–', '<1', '−<1', '1', '9,999', '10K', '10K', '12.35K', '38.94M', '−1.235M', '7T'],
  ]);
  expect([0, 0.5, 1_500].map(dollars)).toEqual(['0 USD', '<1 USD', '1,500 USD']);
});

test('amounts keep what is small', () => {
  expect([0, 0.000123456, 12.345, 972_189.12].map(amount)).toEqual(['–', '0.0001235', '12.35', '972.2K']);
  expect([0, 1, 12_345].map(count)).toEqual(['–', '1', '12,345']);
});

test('moves have a sign, and digits where a tenth of a percent would be none', () => {
  const moves = [-0.3, 0.125, 0, -0.0004, 1e-10, 999, -0.29999999999999993];
  expect(moves.map(signedPercent)).toEqual([
    ...['−30 %', '+12.5 %', '0 %', '−0.04 %', '0 %', '+99,900 %', '−30 %'],
  ]);
  expect([0, 1e-12, -0.5].map(moveCell)).toEqual(['–', '–', '−50 %']);
});
