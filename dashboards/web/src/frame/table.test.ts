import { toHtml } from '../markup/to-html.ts';
import type { TableView } from '../table/view.ts';
import { table, type Column } from './table.ts';

interface Row {
  readonly venue: string;
  readonly debtUsd: number | null;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'Venue', value: ({ venue }) => venue },
  { name: 'Debt', unit: 'USD', value: ({ debtUsd }) => debtUsd },
];
const ROWS: readonly Row[] = [
  { venue: 'b', debtUsd: 1_230_000 },
  { venue: 'c', debtUsd: null },
  { venue: 'a', debtUsd: 4 },
];

const draw = (rows: readonly Row[], view?: TableView, isInOrder = false) =>
  toHtml(
    table(
      rows,
      { id: 'debts', caption: 'Debts', columns: COLUMNS, keyOf: ({ venue }) => venue, isInOrder },
      { tables: view ? { debts: view } : {} },
    ),
  );
const heads = (html: string) =>
  [...html.matchAll(/<th scope="row"[^>]*>([^<]*)</g)].map(([, venue]) => venue);

test('rows stand as they come, each number as its unit is written, an en dash for none', () => {
  const html = draw(ROWS);
  expect(heads(html)).toEqual(['b', 'c', 'a']);
  expect(html).toContain('data-label="Debt">$1.23M</td>');
  expect(html).toContain('data-label="Debt">–</td>');
  expect(html).not.toContain('aria-sort');
});

test('sorted by the raw value, not by what is read, and says so; newer rows are sorted too', () => {
  const view: TableView = { first: 0, sorting: { column: 'Debt', direction: 'descending' } };
  const html = draw(ROWS, view);
  expect(heads(html)).toEqual(['b', 'a', 'c']);
  expect(html).toMatch(
    /<th[^>]*aria-sort="descending"><button[^>]*data-column="Debt" data-kind="number">Debt</,
  );
  expect(heads(draw([...ROWS, { venue: 'd', debtUsd: 2e9 }], view))).toEqual(['d', 'b', 'a', 'c']);
});

test('a column that is no longer there sorts nothing', () => {
  const view: TableView = { first: 0, sorting: { column: 'WETH', direction: 'ascending' } };
  expect(heads(draw(ROWS, view))).toEqual(['b', 'c', 'a']);
});

test('rows that mean something by their order cannot be sorted', () => {
  const html = draw(ROWS, { first: 0, sorting: { column: 'Debt', direction: 'descending' } }, true);
  expect(heads(html)).toEqual(['b', 'c', 'a']);
  expect(html).not.toMatch(/class="sort"|aria-sort/);
});

test('of a long table only a part is in the page, with its count and the numbers of its rows', () => {
  const rows = Array.from({ length: 1_000 }, (_, i) => ({ venue: `v${i}`, debtUsd: i }));
  const html = draw(rows, { first: 400, rowHeight: 30 });
  const shown = heads(html);
  expect(shown[0]).toBe('v400');
  expect(shown.length).toBeLessThan(200);
  expect(html).toContain('aria-rowcount="1001"');
  // Rows count from 1, which is the row of the heads.
  expect(html).toMatch(/<tr role="row" aria-rowindex="402"><th[^>]*>v400</);
  expect(html).toContain('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="12000">');
  expect(draw(ROWS)).not.toMatch(/aria-rowcount|data-long/);
});
