import { coverageWords } from './coverage.ts';

const textOf = (share: number, gaps: readonly (number | null)[]) =>
  coverageWords({ share, gaps: gaps.map((debtUsd) => ({ debtUsd })) }).replaceAll('\u202f', ' ');

test('says of what the share is, and how many gaps are in no share', () => {
  expect(textOf(1, [])).toBe('Covers 100 % of the valued debt');
  expect(textOf(1, [null])).toBe('Covers 100 % of the valued debt, 1 gap without a value');
  expect(textOf(0.99999, [7, null, null])).toBe('Covers 99.99 % of the valued debt, 2 gaps without a value');
});
