import { differencesOf, MOST_DIFFERENCES } from './differences.ts';
import { smallContent } from './fixtures/small-content.ts';

const [figure, table] = [smallContent.figures[0]!, smallContent.tables[0]!];

test('the same has no difference, also with fields in another order', () => {
  const turned = Object.fromEntries(Object.entries(smallContent).reverse()) as unknown as typeof smallContent;
  expect(differencesOf(smallContent, turned)).toEqual([]);
});

test('a difference is told by the name of the figure or the row, to the last bit', () => {
  const other = {
    ...smallContent,
    figures: [
      { ...figure, name: 'first' },
      { ...figure, value: 1.5 + 2 ** -52 },
    ],
    tables: [{ ...table, rows: [[2], [3]] }],
    summary: ['Somebody loses.'],
  };
  expect(differencesOf(smallContent, other)).toEqual([
    { place: 'figures.lossUsd.value', stated: '1.5', found: '1.5000000000000002' },
    { place: 'figures.first', stated: undefined, found: expect.stringContaining('"first"') },
    { place: 'summary[0]', stated: '"Nobody loses."', found: '"Somebody loses."' },
    { place: 'tables.rounds.rows[0].index', stated: '1', found: '2' },
    { place: 'tables.rounds.rows[1]', stated: undefined, found: '{"index":3}' },
  ]);
});

test('of many some are told', () => {
  const rows = Array.from({ length: 200 }, (_, at) => [at]);
  const found = differencesOf(smallContent, { ...smallContent, tables: [{ ...table, rows }] });
  expect(found).toHaveLength(MOST_DIFFERENCES);
});
