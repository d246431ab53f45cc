import type { DataTable } from './exportable.ts';
import { stampFields, type Stamp } from './stamp.ts';
import { columnNames, plainValues } from './to-csv.ts';

/**
 * A table as JSON: its title, its stamp, and its rows as objects by the names that CSV has. What is larger than a double holds
 * exactly, such as an integer of a contract, is a string.
 */
export function toJson(title: string, table: DataTable, stamp: Stamp): string {
  const names = columnNames(table);
  const rows = table.rows.map((row) =>
    Object.fromEntries(plainValues(table, row).map((value, i) => [names[i] ?? '', value])),
  );
  const whole = { title, ...stampFields(stamp), rows };
  const exact = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return `${JSON.stringify(whole, exact, 2)}\n`;
}
