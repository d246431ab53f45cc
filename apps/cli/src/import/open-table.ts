import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { TABLES, type RawRow, type TableFile, type TableName } from '@undertow/tables';
import { openText } from './open-text.ts';
import { readCsv } from './read-csv.ts';
import { readJson, readJsonLines } from './read-json.ts';

/** A table whose file is open until it is read to its end or closed. */
export interface OpenTable extends TableFile {
  close(): void;
}

type Reader = (text: Readable) => AsyncGenerator<readonly RawRow[]>;

const READERS: Readonly<Record<string, { readonly read: Reader; readonly hasLines: boolean }>> = {
  csv: { read: readCsv, hasLines: true },
  json: { read: readJson, hasLines: false },
  ndjson: { read: readJsonLines, hasLines: true },
  jsonl: { read: readJsonLines, hasLines: true },
};

/** Endings of files that hold tables, such as `.csv`; each may be followed by `.gz`. */
export const TABLE_ENDINGS = Object.keys(READERS).map((ending) => `.${ending}`);

/** What a file's name says: the table that it begins with and how it is written; undefined when it says none. */
export function tableNamed(path: string): { readonly table: TableName; readonly ending: string } | undefined {
  const [, name, ending] = /^(.*)\.(csv|json|ndjson|jsonl)(?:\.gz)?$/i.exec(basename(path)) ?? [];
  const table = TABLES.find((one) => name === one || new RegExp(`^${one}[-_.]`).test(name ?? ''));
  return table === undefined || ending === undefined ? undefined : { table, ending: ending.toLowerCase() };
}

/**
 * Opens a file with rows of the table that its name begins with. Positions in the short form, with a column
 * `collateralAmount`, are loans whatever the file is called.
 */
export async function openTable(
  path: string,
  { table, ending }: { readonly table: TableName; readonly ending: string },
): Promise<OpenTable> {
  const { read, hasLines } = READERS[ending]!;
  const text = openText(path);
  const rows = read(text);
  const first = await rows.next();
  const isShort = !first.done && first.value.some(({ cells }) => 'collateralAmount' in cells);
  return {
    table: table === 'positions' && isShort ? 'loans' : table,
    file: basename(path),
    hasLines,
    close: () => void text.destroy(),
    rows: (async function* () {
      if (!first.done) yield first.value;
      yield* rows;
    })(),
  };
}
