import { coverageText } from './coverage-text.ts';

const gap = (debtUsd: number | undefined) => ({
  kind: 'venue' as const,
  source: 's',
  reason: 'r',
  count: 1,
  unit: 'account' as const,
  debtUsd,
});
const textOf = (share: number, gaps: readonly (number | undefined)[] = []) =>
  coverageText({ accounts: 1, modelledDebtUsd: 0, knownDebtUsd: 45_129_360, share, gaps: gaps.map(gap) });

test('says of what the share is, and how many gaps have no price', () => {
  const whole = 'Coverage: 100.0 % of the priced debt (45,129,360 USD) is modelled';
  expect(textOf(1)).toBe(`${whole}.`);
  expect(textOf(1, [undefined])).toBe(`${whole}, 1 gap without a price.`);
  expect(textOf(1, [undefined, 7, undefined])).toBe(`${whole}, 2 gaps without a price.`);
});

test('never rounds up to the whole', () => {
  expect(textOf(0.99999, [7])).toBe('Coverage: 99.9 % of the priced debt (45,129,360 USD) is modelled.');
});
