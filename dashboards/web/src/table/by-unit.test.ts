import { columnNames, plainValues } from '../export/to-csv.ts';
import { byUnit } from './by-unit.ts';
import type { Unit } from './unit.ts';

interface Row {
  readonly unit: Unit;
  readonly value: number;
}

/** The column as a file has it: names of its columns, and each row. */
function fileOf(rows: readonly Row[]) {
  const column = byUnit(rows, { name: 'A', unitOf: ({ unit }) => unit, value: ({ value }) => value });
  const columns = [column, ...(column.also ?? [])];
  const data = rows.map((row) => columns.map(({ value }) => value(row)));
  const table = { columns, rows: data };
  return { head: column.name, names: columnNames(table), rows: data.map((row) => plainValues(table, row)) };
}

test('each unit has a column of its own with its name in it; a row is empty in the others', () => {
  const rows: Row[] = [
    { unit: 'count', value: 3 },
    { unit: 'USD', value: 1_000.5 },
    { unit: 'ratio', value: 0.97 },
    { unit: 'USD', value: 2 },
  ];
  expect(fileOf(rows)).toEqual({
    head: 'A',
    names: ['a_usd', 'a_ratio', 'a_count'],
    rows: [
      [null, null, 3],
      [1_000.5, null, null],
      [null, 0.97, null],
      [2, null, null],
    ],
  });
});

test('where all rows are of one unit there is one column', () => {
  expect(fileOf([{ unit: 'USD', value: 1 }])).toMatchObject({ names: ['a_usd'], rows: [[1]] });
  expect(fileOf([{ unit: 'count', value: 1 }])).toMatchObject({ names: ['a'], rows: [[1]] });
  expect(fileOf([])).toMatchObject({ names: ['a'], rows: [] });
});
