import { element, type Markup, type Piece } from '../markup/element.ts';

export interface Column<Row> {
  readonly name: string;
  readonly title?: string;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => Piece;
}

/** A table with a caption and column headers, in a box that scrolls sideways by itself; the first column heads its row. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  keyOf: (row: Row) => string | number,
  below: (row: Row) => Piece = () => undefined,
): Markup {
  const head = columns.map(({ name, title, isNumber }) =>
    element('th', { scope: 'col', class: isNumber && 'number', title }, name),
  );
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, element('tr', {}, head)),
      element(
        'tbody',
        {},
        rows.map((row) => [
          element(
            'tr',
            { key: keyOf(row) },
            columns.map(({ cell, isNumber }, i) =>
              element(
                i === 0 ? 'th' : 'td',
                { scope: i === 0 && 'row', class: isNumber && 'number' },
                cell(row),
              ),
            ),
          ),
          below(row),
        ]),
      ),
    ),
  );
}
