import type { Column, Datum } from '../frame/table.ts';
import type { Unit, Value } from './unit.ts';

/** Values whose unit differs from row to row. */
interface Mixed<Row> {
  readonly name: string;
  readonly unitOf: (row: Row) => Unit;
  readonly value: (row: Row) => Value;
}

/**
 * Values of several units as one column of the page and, in files, as a column for each unit with the unit in its name: `A`, in USD
 * and as counts, is `a_usd` and `a_count`. A row is empty in the columns of other units.
 *
 * @param rows all that the table has: they say which units there are.
 */
export function byUnit<Row>(
  rows: readonly Row[],
  { name, unitOf, value }: Mixed<Row>,
): Pick<Column<Row>, 'name' | 'unit' | 'value' | 'also'> {
  // A count is last: beside others its name says what it is, and the first name is read on the page.
  const units = [...new Set(rows.map(unitOf))].sort((a, b) => Number(a === 'count') - Number(b === 'count'));
  const [first = 'count', ...others] = units;
  const inUnit = (unit: Unit): Datum<Row> => ({
    name: unit === 'count' && unit !== first ? `${name} count` : name,
    unit,
    value: (row) => (unitOf(row) === unit ? value(row) : undefined),
  });
  return { ...inUnit(first), also: others.map(inUnit) };
}
