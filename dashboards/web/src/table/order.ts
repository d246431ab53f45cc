import type { Value } from './unit.ts';

export type Direction = 'ascending' | 'descending';

/** By which column somebody has sorted a table. */
export interface Sorting {
  readonly column: string;
  readonly direction: Direction;
}

/** Rows by a raw value, those that are equal as they came; what has no value is last, whichever way. */
export function inOrder<Row>(
  rows: readonly Row[],
  value: (row: Row) => Value,
  direction: Direction,
): readonly Row[] {
  const isKnown = (one: Value) => one !== undefined && one !== null && !Number.isNaN(one);
  const sign = direction === 'ascending' ? 1 : -1;
  const known = rows.filter((row) => isKnown(value(row)));
  const others = rows.filter((row) => !isKnown(value(row)));
  return [...known.sort((a, b) => sign * compared(value(a), value(b))), ...others];
}

const words = new Intl.Collator('en', { numeric: true });

function compared(one: Value, other: Value): number {
  const areNumbers = typeof one !== 'string' && typeof other !== 'string';
  if (!areNumbers) return words.compare(String(one), String(other));
  return one! < other! ? -1 : one! > other! ? 1 : 0;
}

/**
 * The sorting after one more click on the head of a column: first the way that is looked for most, largest first for numbers and
 * from A for words, then the other way, then as the rows came.
 */
export function nextSorting(
  before: Sorting | undefined,
  column: string,
  isNumber: boolean,
): Sorting | undefined {
  const [first, second]: readonly Direction[] = isNumber
    ? ['descending', 'ascending']
    : ['ascending', 'descending'];
  if (before?.column !== column) return { column, direction: first! };
  return before.direction === first ? { column, direction: second! } : undefined;
}
