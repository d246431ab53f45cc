import type { Readable } from 'node:stream';
import type { RawRow } from '@undertow/tables';
import { parse, type Options } from 'csv-parse';
import { batched } from './batched.ts';

/** The longest row read: a file that is no CSV may be one row. */
const MOST_CHARACTERS = 1_000_000;

/** Rows of a CSV file with a header, in batches; rows without any cell are passed over. */
export async function* readCsv(text: Readable): AsyncGenerator<readonly RawRow[]> {
  let header: readonly string[] | undefined;
  let last = 1;
  const options: Options<RawRow, string[]> = {
    bom: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    relax_column_count: true,
    max_record_size: MOST_CHARACTERS,
    on_record(record, { lines }) {
      last = lines;
      if (header) return rowOf(header, record, lines);
      header = record.map((name) => name.trim());
      return duplicateIn(header, lines);
    },
  };
  const parser = parse(options as unknown as Options);
  text.on('error', (error) => parser.destroy(error));
  try {
    yield* batched(text.pipe(parser) as AsyncIterable<RawRow>);
  } catch (error) {
    if (!isCsvError(error)) throw error;
    yield [{ line: last, cells: {}, flaw: `no CSV can be read from here on: ${error.message}` }];
  }
}

function rowOf(header: readonly string[], record: readonly string[], line: number): RawRow {
  if (record.length !== header.length) {
    const flaw = `it has ${record.length} cells, but the header has ${header.length}: put cells with commas in quotes`;
    return { line, cells: {}, flaw };
  }
  const cells: Record<string, string> = {};
  for (let i = 0; i < header.length; i++) cells[header[i]!] = record[i]!;
  return { line, cells };
}

function duplicateIn(header: readonly string[], line: number): RawRow | null {
  const twice = header.find((name, i) => header.indexOf(name) !== i);
  if (twice === undefined) return null;
  return { line, cells: {}, flaw: `the column ${JSON.stringify(twice)} is there twice: take one out` };
}

const isCsvError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
