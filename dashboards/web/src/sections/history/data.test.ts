import { columnNames } from '../../export/to-csv.ts';
import { historyData } from './data.ts';

const line = (measure: string, subject: string, value: number) => ({
  ...{ measure, subject },
  points: [{ time: 1_795_175_400, value, least: value - 1, greatest: value + 1, blocks: 12 }],
});

test('measures of several units have a column for each unit, and each row its own alone', () => {
  const data = historyData([
    line('debtUsd', '', 5e6),
    line('dueAccounts', '', 3),
    line('coverage', '', 0.5),
    line('oracleDeviation', 'WETH', -0.25),
  ]);
  const names = columnNames(data);
  expect(names.slice(0, 7)).toEqual([
    ...['measure', 'subject', 'time_utc'],
    ...['value_usd', 'value_ratio', 'value_move', 'value_count'],
  ]);
  const none = undefined;
  expect(data.rows.map((row) => row.slice(3, 7))).toEqual([
    [5e6, none, none, none],
    [none, none, none, 3],
    [none, 0.5, none, none],
    [none, none, -0.25, none],
  ]);
  expect(names.at(-1)).toBe('blocks');
  expect(data.rows[0]!.at(-1)).toBe(12);
});
