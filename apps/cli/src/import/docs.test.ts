import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBook } from '@undertow/book';
import { TABLES, TABLE_SCHEMAS, tableJsonSchema } from '@undertow/tables';
import { runSimulate } from '../run-simulate.ts';
import { withColumns } from './docs-columns.ts';
import { printed } from '../fixtures/printed.ts';
import { gridAxis } from '../option-values.ts';
import { runSweep } from '../sweep/run-sweep.ts';
import { importTables } from './import-tables.ts';
import { importText } from './import-text.ts';

const DOCS = join(import.meta.dirname, '../../../../docs');
const page = readFileSync(join(DOCS, 'import.md'), 'utf8');

/** Text without how its lines are broken. */
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

const simulated = async (options: Partial<Parameters<typeof runSimulate>[0]>) =>
  JSON.parse(
    await printed(() =>
      runSimulate({ shock: [{ what: 'ETH', move: -0.3 }], set: [], data: tmpdir(), json: true, ...options }),
    ),
  );

describe('docs/import.md', () => {
  it('lists the columns as the schemas describe them; scripts/write-table-docs.ts writes both', () => {
    expect(flat(page)).toBe(flat(withColumns(page)));
    for (const table of TABLES) expect(page).toContain(`<!-- columns: ${table} -->`);
  });

  it.each(TABLES)('has beside it the JSON Schema of %s', (table) => {
    const committed = JSON.parse(readFileSync(join(DOCS, 'schema', `${table}.schema.json`), 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(tableJsonSchema(table))));
    expect(Object.keys(committed.items.properties)).toEqual(Object.keys(TABLE_SCHEMAS[table].shape));
    for (const { description } of Object.values<{ description: string }>(committed.items.properties))
      expect(description).toMatch(/^[A-Z].*\.$/);
  });

  it('shows the short example, and what comes of it', async () => {
    expect(page).toContain(readFileSync(join(DOCS, 'examples/positions.csv'), 'utf8'));
    const result = await simulated({ tables: [join(DOCS, 'examples/positions.csv')] });
    expect(result.accounts).toBe(2);
    expect(Math.round(result.repaidUsd)).toBe(210_000);
    expect(Math.round(result.byAsset.find(({ symbol }: { symbol: string }) => symbol === 'ETH').sold)).toBe(
      126,
    );
  });

  it('shows what the import of the folder says, and what a cascade on it loses', async () => {
    const folder = join(DOCS, 'examples/tables');
    const imported = await importTables([folder]);
    checkBook(imported.book);
    const text = importText(imported, 100).trimEnd();
    expect(page).toContain(text);
    const result = await simulated({ tables: [folder] });
    expect(Math.round(result.shortfallUsd)).toBe(570_000);
    expect(Math.round(result.shortfallBeforeUsd)).toBe(570_000);
    expect(result.accounts).toBe(2);
  });

  it('has rows of prices that can be imported as it says', async () => {
    const rows = [...page.matchAll(/^\| `(asset=[^`]+)`/gm)].map(([, row]) =>
      Object.fromEntries(row!.split(', ').map((cell) => cell.replace('=…', '=pair').split('='))),
    );
    expect(rows).toHaveLength(8);
    for (const row of rows) expect(TABLE_SCHEMAS.prices.safeParse(row).error).toBeUndefined();
  });
});

describe('README.md', () => {
  it('shows a sweep, and what comes of it', async () => {
    const readme = readFileSync(join(DOCS, '../README.md'), 'utf8');
    const [, file, grids, told] = /undertow sweep (docs\S+) (.*) --product\n(At worst [^]*?)\n```/.exec(
      readme,
    )!;
    const options = {
      tables: [join(DOCS, '..', file!)],
      grid: [...grids!.matchAll(/--grid (\S+)/g)].reduce<ReturnType<typeof gridAxis>>(
        (before, [, axis]) => gridAxis(axis!, before),
        [],
      ),
      product: true,
      data: tmpdir(),
      threads: 1,
    };
    const text = await printed(() => runSweep(options, { signal: new AbortController().signal }));
    for (const part of told!.split('…\n')) expect(text).toContain(part.trim());
  });
});
