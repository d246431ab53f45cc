import Papa from 'papaparse';
import { isoTime } from '../format/time.ts';
import { fileColumn, type Unit, type Value } from '../table/unit.ts';
import type { DataTable } from './exportable.ts';
import { stampFields, type Stamp } from './stamp.ts';

/**
 * What a spreadsheet takes for a formula, wide forms of the signs too, also in text of several lines, which Papa's own pattern lets
 * through.
 */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/**
 * A table as CSV (RFC 4180), numbers as they are. The stamp is in every row, in the last columns: a line of comments would be
 * data, or an error, to many of those who read CSV. Text that a spreadsheet would take for a formula has a `'` before it.
 */
export function toCsv(table: DataTable, stamp: Stamp): string {
  const stamped = Object.entries(stampFields(stamp));
  const fields = [...columnNames(table), ...stamped.map(([name]) => name)];
  const ends = stamped.map(([, value]) => value ?? null);
  const data = table.rows.map((row) => [...plainValues(table, row), ...ends]);
  return `${Papa.unparse({ fields, data }, { escapeFormulae: FORMULA, newline: '\r\n' })}\r\n`;
}

/** The names of the columns in a file, each once: a second of the same name is numbered. */
export function columnNames({ columns }: DataTable): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ name, unit }) => {
    const base = fileColumn(name, unit);
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return count === 1 ? base : `${base}_${count}`;
  });
}

/** The values of a row as files have them: nothing for what is no number, times as ISO 8601. */
export function plainValues(
  { columns }: DataTable,
  row: readonly Value[],
): (string | number | bigint | null)[] {
  return row.map((value, i) => plainValue(value, columns[i]?.unit));
}

function plainValue(value: Value, unit: Unit | undefined): string | number | bigint | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) return null;
  return unit === 'time' ? isoTime(value) : value;
}
