import { NOTHING } from './compact-numbers.ts';
import { table } from './text-table.ts';

/** A column about rows: its head and what it says of one. */
export interface Column<Row> {
  readonly head: string;
  readonly of: (row: Row) => string;
  /** Words go to the left and are no reason to print a table. The first column has words. */
  readonly isWords?: boolean;
  /** Columns of one group are printed together or not at all. */
  readonly group?: string;
}

/**
 * Rows under a title, without columns and rows of figures that have nothing to say; '' where no figure is left. What is beyond
 * `most` rows is counted, with what `rest` says of it.
 */
export function figureTable<Row>(
  rows: readonly Row[],
  {
    title,
    columns,
    most = Infinity,
    rest,
  }: {
    readonly title: string;
    readonly columns: readonly Column<Row>[];
    readonly most?: number;
    readonly rest?: (left: readonly Row[]) => string;
  },
): string {
  const figures = columns.filter(({ isWords }, column) => column > 0 && !isWords);
  const telling = rows.filter((row) => figures.some((column) => column.of(row) !== NOTHING));
  if (telling.length === 0) return '';
  const tells = (column: Column<Row>) => telling.some((row) => column.of(row) !== NOTHING);
  const groups = new Set(figures.filter(tells).flatMap(({ group }) => group ?? []));
  const shown = columns.filter(
    (column) =>
      !figures.includes(column) || tells(column) || (column.group !== undefined && groups.has(column.group)),
  );
  const drawn = table(
    shown.map(({ head }) => head),
    telling.slice(0, most).map((row) => shown.map((column) => column.of(row))),
    shown.flatMap((column, i) => (figures.includes(column) ? [] : [i])),
  );
  const left = telling.slice(most);
  const more = left.length === 0 ? [] : [`… and ${left.length} more${rest ? `: ${rest(left)}` : ''}`];
  return [title, drawn, ...more].join('\n');
}
