import { toyState } from '../../../test-server/toy-state.ts';
import { exportablesIn } from '../../export/exportable.ts';
import { columnNames } from '../../export/to-csv.ts';
import type { Compared } from './compare.ts';
import { compareTable } from './compare-table.ts';

const row = (name: string, unit: Compared['unit'], values: readonly [number, number]): Compared => ({
  ...{ name, unit, values, before: '', after: '', difference: '', isWorse: undefined },
});

/** The file of a comparison of A and B. */
async function fileOf(rows: readonly Compared[]) {
  const named = { id: 'compare', caption: 'Both', before: 'A', after: 'B' };
  const table = exportablesIn(compareTable(await toyState(1_795_175_400), rows, named))[0]!.data();
  return { names: columnNames(table), rows: table.rows };
}

test('a file of a comparison has dollars and counts in columns of their own, named by their unit', async () => {
  const rows = [row('Loss', 'USD', [119_000.25, 379_000.5]), row('Accounts liquidated', 'count', [12, 9])];
  expect(await fileOf(rows)).toEqual({
    names: ['figure', 'a_usd', 'a_count', 'b_usd', 'b_count', 'difference_usd', 'difference_count'],
    rows: [
      ['Loss', 119_000.25, undefined, 379_000.5, undefined, 260_000.25, undefined],
      ['Accounts liquidated', undefined, 12, undefined, 9, undefined, -3],
    ],
  });
});

test('by venue all is in dollars', async () => {
  const { names } = await fileOf([row('Aave v3: loss', 'USD', [1, 2])]);
  expect(names).toEqual(['figure', 'a_usd', 'b_usd', 'difference_usd']);
});
