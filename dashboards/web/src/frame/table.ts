import { exported, type DataTable } from '../export/exportable.ts';
import { termMark } from '../glossary/term.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import { inOrder, type Sorting } from '../table/order.ts';
import { shortened, type Unit, type Value } from '../table/unit.ts';
import { FIRST_INDEX } from '../table/scroll.ts';
import { AS_IT_COMES } from '../table/view.ts';
import { LONG, shownRows } from '../table/window.ts';
import type { State } from './state.ts';

/** A value of every row: what a table is sorted by, and a column of its file. */
export interface Datum<Row> {
  readonly name: string;
  /** Of a number; absent for words. */
  readonly unit?: Unit;
  readonly value: (row: Row) => Value;
}

export interface Column<Row> extends Datum<Row> {
  readonly title?: string;
  /** What is drawn, where it is not the value as its unit is written. */
  readonly cell?: (row: Row) => Piece;
  /** What a file has beside the value: what the cell shows too, or means. */
  readonly also?: readonly Datum<Row>[];
}

export interface Table<Row> {
  /** Names it among all tables of the page, and in the names of files. */
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string | number;
  /** A row under a row, over all columns. */
  readonly below?: (row: Row) => Piece;
  /** True where the rows mean something by their order only: then nobody can sort them. */
  readonly isInOrder?: boolean;
}

/** From so many columns on a table becomes a list of cards where the window is narrow. */
const STACKED_FROM = 4;

/**
 * A table with a caption and column heads that sort it, in a box that scrolls by itself; the first column heads its row. Of
 * many rows only those near to what is seen are in the page, with their numbers for screen readers.
 */
export function table<Row>(
  given: readonly Row[],
  what: Table<Row>,
  { tables }: Pick<State, 'tables'>,
): Markup {
  const { id, caption, columns, keyOf, below = () => undefined } = what;
  const view = tables[id] ?? AS_IT_COMES;
  const rows = sortedRows(given, what, view.sorting);
  const { from, to, above, below: under } = shownRows(rows.length, view);
  const isLong = rows.length > LONG;
  const drawn = element(
    'div',
    {
      class: 'scroll',
      key: id,
      tabindex: 0,
      role: 'region',
      'aria-label': caption,
      'data-long': isLong && id,
    },
    element(
      'table',
      {
        id: `table-${id.replaceAll(' ', '-')}`,
        role: 'table',
        class: columns.length >= STACKED_FROM && 'stacks',
        'aria-rowcount': isLong && rows.length + 1,
      },
      element('caption', {}, caption),
      element(
        'thead',
        { role: 'rowgroup' },
        element(
          'tr',
          { role: 'row', 'aria-rowindex': isLong && 1 },
          columns.map((column) => columnHead(what, column, view.sorting)),
        ),
      ),
      element(
        'tbody',
        { role: 'rowgroup' },
        room('above', above, columns.length),
        rows.slice(from, to).map((row, i) => [
          element(
            'tr',
            { key: keyOf(row), role: 'row', 'aria-rowindex': isLong && from + i + FIRST_INDEX },
            columns.map((column, place) => cellOf(column, row, place === 0)),
          ),
          below(row),
        ]),
        room('under', under, columns.length),
      ),
    ),
  );
  return exported(drawn, { id, title: caption, data: () => dataOf(rows, what.columns) });
}

/** All rows as files have them: the value of each column, and what is said beside it. */
export function dataOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): DataTable {
  const data = columns.flatMap((column) => [column, ...(column.also ?? [])]);
  return { columns: data, rows: rows.map((row) => data.map(({ value }) => value(row))) };
}

/** All rows in the order in which somebody has put them. */
function sortedRows<Row>(
  rows: readonly Row[],
  { columns, isInOrder = false }: Table<Row>,
  sorting: Sorting | undefined,
): readonly Row[] {
  const by = isInOrder ? undefined : columns.find(({ name }) => name === sorting?.column);
  return by && sorting ? inOrder(rows, by.value, sorting.direction) : rows;
}

function columnHead<Row>(
  { id, isInOrder = false }: Table<Row>,
  { name, title, unit }: Column<Row>,
  sorting: Sorting | undefined,
): Markup {
  const isNumber = unit !== undefined;
  return element(
    'th',
    {
      scope: 'col',
      role: 'columnheader',
      class: isNumber && 'number',
      key: name,
      'aria-sort': !isInOrder && sorting?.column === name && sorting.direction,
    },
    isInOrder
      ? element('span', { title }, name)
      : element(
          'button',
          {
            type: 'button',
            class: 'sort',
            title,
            'data-act': 'sort',
            'data-table': id,
            'data-column': name,
            'data-kind': isNumber ? 'number' : 'words',
          },
          name,
        ),
    termMark(name),
  );
}

function cellOf<Row>({ name, unit, value, cell }: Column<Row>, row: Row, isHead: boolean): Markup {
  return element(
    isHead ? 'th' : 'td',
    {
      scope: isHead && 'row',
      role: isHead ? 'rowheader' : 'cell',
      class: unit !== undefined && 'number',
      'data-label': name,
    },
    cell ? cell(row) : shortened(value(row), unit),
  );
}

/** Stands for rows that are not in the page: the style of an element cannot be set under the policy of the page. */
function room(key: string, height: number, columns: number): Piece {
  if (height === 0) return undefined;
  return element(
    'tr',
    { key: `room ${key}`, class: 'room', 'aria-hidden': 'true' },
    element('td', { colspan: columns }, element('svg', { width: 1, height: Math.round(height) })),
  );
}
