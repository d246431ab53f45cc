import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { RawRow } from '@undertow/tables';
import streamArray from 'stream-json/streamers/stream-array.js';
import { batched } from './batched.ts';

/** Rows of a JSON file that is one list of objects, in batches. */
export async function* readJson(text: Readable): AsyncGenerator<readonly RawRow[]> {
  const parser = streamArray.withParserAsStream({ streamValues: false });
  text.on('error', (error) => parser.destroy(error));
  let read = 0;
  const rows = async function* (): AsyncGenerator<RawRow> {
    for await (const { value } of text.pipe(parser) as AsyncIterable<{ value: unknown }>)
      yield rowOf(value, ++read);
  };
  try {
    yield* batched(rows());
  } catch (error) {
    if (!(error instanceof Error) || 'code' in error) throw error;
    yield [
      {
        line: read + 1,
        cells: {},
        flaw: `no list of JSON objects can be read from here on: ${error.message}`,
      },
    ];
  }
}

/** Rows of a file with one JSON object a line, in batches; empty lines are passed over. */
export async function* readJsonLines(text: Readable): AsyncGenerator<readonly RawRow[]> {
  const lines = createInterface({ input: text, crlfDelay: Infinity });
  const failed = new Promise<never>((_, fail) => text.on('error', fail));
  failed.catch(() => undefined);
  const rows = async function* (): AsyncGenerator<RawRow> {
    let line = 0;
    for await (const one of lines) {
      line++;
      if (one.trim() !== '') yield parsed(one, line);
    }
  };
  yield* batched(rows());
  if (text.errored) await failed;
}

function parsed(text: string, line: number): RawRow {
  try {
    return rowOf(JSON.parse(text), line);
  } catch (error) {
    return {
      line,
      cells: {},
      flaw: `it is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

function rowOf(value: unknown, line: number): RawRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { line, cells: {}, flaw: 'it is no object: a row is {"column": value, …}' };
  return { line, cells: value as Record<string, unknown> };
}
