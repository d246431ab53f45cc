import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ImportedBook } from '@undertow/tables';
import { parse } from 'csv-parse/sync';
import { importTables } from '../../apps/cli/src/import/import-tables.ts';

/** Public files that are not the project's: beside it where somebody has them. */
const DATA = join(import.meta.dirname, '../../../shared/data');

/** Tests that read public files; where they are not, the tests are skipped, and the reason is printed. */
export function describeWithData(folder: string, tests: () => void): void {
  if (existsSync(join(DATA, folder))) return describe(folder, tests);
  process.stderr.write(`skipped: the public files of ${folder} are not beside the project\n`);
  describe.skip(folder, tests);
}

type Row = Readonly<Record<string, string>>;
const read = new Map<string, readonly Row[]>();

/** Rows of a CSV file, packed or not, cells by column. */
export function rowsOf(path: string): readonly Row[] {
  const known = read.get(path) ?? unpacked(path);
  read.set(path, known);
  return known;
}

function unpacked(path: string): readonly Row[] {
  const bytes = readFileSync(join(DATA, path));
  return parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true }) as Row[];
}

/** A JSON file, packed. */
export const jsonOf = <Content>(path: string): Content =>
  JSON.parse(gunzipSync(readFileSync(join(DATA, path))).toString()) as Content;

/** Names of the files of a folder, in order. */
export const filesIn = (folder: string): readonly string[] => readdirSync(join(DATA, folder)).sort();

/** The book of tables that are written to files first, as anybody would. */
export async function importedFiles(
  tables: Readonly<Record<string, readonly object[]>>,
): Promise<ImportedBook> {
  const folder = mkdtempSync(join(tmpdir(), 'undertow-real-'));
  try {
    for (const [name, rows] of Object.entries(tables))
      writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return await importTables([folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const sumOf = <Row>(rows: readonly Row[], value: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + value(row), 0);
