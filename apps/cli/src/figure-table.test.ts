import { count, NOTHING } from './compact-numbers.ts';
import { figureTable, type Column } from './figure-table.ts';

interface Row {
  readonly name: string;
  readonly first: number;
  readonly second: number;
}

const columns: Column<Row>[] = [
  { head: 'Name', of: ({ name }) => name },
  { head: 'First', of: ({ first }) => count(first) },
  { head: 'Second', of: ({ second }) => count(second) },
  { head: 'Why', of: () => 'so', isWords: true },
];
const drawn = (rows: readonly Row[], most?: number) =>
  figureTable(rows, {
    title: 'Title',
    columns,
    ...(most === undefined ? {} : { most }),
    rest: (left) => left.map(({ name }) => name).join('+'),
  });

describe('figureTable', () => {
  it('aligns words to the left and figures to the right, under a line', () => {
    const rows = [
      { name: 'long name', first: 1, second: 22_222 },
      { name: 'b', first: 333, second: 0 },
    ];
    expect(drawn(rows).split('\n')).toEqual([
      'Title',
      'Name       First  Second  Why',
      '─────────────────────────────',
      'long name      1  22,222  so',
      `b            333       ${NOTHING}  so`,
    ]);
  });

  it('leaves out columns and rows that say nothing, and a table of nothing else', () => {
    const text = drawn([
      { name: 'a', first: 1, second: 0 },
      { name: 'none', first: 0, second: 0 },
    ]);
    expect(text).not.toMatch(/Second|none/);
    expect(drawn([{ name: 'a', first: 0, second: 0 }])).toBe('');
    expect(drawn([])).toBe('');
  });

  it('prints columns of one group together or not at all', () => {
    const grouped = columns.map((column, i) => (i === 1 || i === 2 ? { ...column, group: 'both' } : column));
    const text = figureTable([{ name: 'a', first: 1, second: 0 }], { title: 'Title', columns: grouped });
    expect(text).toMatch(/^a +1 +– +so$/m);
    expect(figureTable([{ name: 'a', first: 0, second: 0 }], { title: 'Title', columns: grouped })).toBe('');
  });

  it('counts what is beyond the most', () => {
    const rows = ['a', 'b', 'c'].map((name) => ({ name, first: 1, second: 1 }));
    expect(drawn(rows, 1)).toMatch(/\na .*\n… and 2 more: b\+c$/);
    expect(drawn(rows, 3)).not.toContain('…');
  });
});
