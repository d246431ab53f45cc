import { comparedTotals, comparedVenues, isSame } from './compare.ts';
import type { Run } from './load.ts';

const run = (change: Partial<Run> = {}): Run => ({
  ...{
    headline: '',
    bookHash: '0x',
    lossUsd: 1_000,
    lossAtSaleUsd: 1_200,
    badDebtUsd: 600,
    shortfallUsd: 400,
  },
  ...{ stuckUsd: 0, accounts: 3, liquidatedUsd: 9_000, repaidUsd: 8_500, liquidatorProfitUsd: 100 },
  ...{ rounds: [{ index: 1 }], stuck: [], band: null },
  byVenue: [{ venue: 'aave-v3@x', lossUsd: 1_000, stuckUsd: 0, accounts: 3, liquidatedUsd: 9_000 }],
  ...change,
});

test('what is lost comes first; larger losses are worse, more liquidated is neither', () => {
  const after = run({ lossUsd: 2_500, badDebtUsd: 2_100, accounts: 5, liquidatedUsd: 7_000 });
  const rows = comparedTotals(run(), after);
  expect(rows[0]).toEqual({
    ...{ name: 'Loss', before: '$1.00K', after: '$2.50K', difference: '+$1.50K', isWorse: true },
    values: [1_000, 2_500],
    unit: 'USD',
  });
  const row = (name: string) => rows.find((one) => one.name === name);
  expect(row('  shortfall of open accounts')).toMatchObject({ difference: '–', isWorse: undefined });
  expect(row('Accounts liquidated')).toMatchObject({ difference: '+2', isWorse: undefined });
  expect(row('Liquidated')).toMatchObject({ difference: '−$2.00K', isWorse: undefined });
  expect(isSame(rows)).toBe(false);
  expect(isSame(comparedTotals(run(), run()))).toBe(true);
});

test('the end of the band at which oracles follow every call, where both ends were run', () => {
  const ends = { between: { lossUsd: 1_000 }, within: { lossUsd: 3_000 } };
  const rows = comparedTotals(run({ band: ends }), run());
  expect(rows.find(({ name }) => name === 'Loss if oracles follow every call')).toMatchObject({
    ...{ before: '$3.00K', after: '$1.00K', isWorse: false },
  });
});

test('every reason why something is stuck has its row', () => {
  const stuck = [{ because: 'no known market trades it', debtUsd: 50 }];
  const rows = comparedTotals(run(), run({ stuckUsd: 50, stuck }));
  expect(rows.find(({ name }) => name === '  no known market trades it')).toMatchObject({
    ...{ before: '$0', after: '$50' },
  });
});

test('venues by name, without rows of nothing', () => {
  expect(comparedVenues(run(), run({ byVenue: [] })).map(({ name, after }) => [name, after])).toEqual([
    ['Aave v3: loss', '$0'],
    ['Aave v3: liquidated', '$0'],
  ]);
});
