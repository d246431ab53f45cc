import { bookChunks, type Book } from '@undertow/book';
import { jsonText } from '../json-text.ts';
import { print, printReadable } from '../print.ts';
import { terminalWidth } from '../terminal-width.ts';
import { importTables } from './import-tables.ts';
import { importText } from './import-text.ts';
import { writeWhole } from './write-whole.ts';

export interface ImportOptions {
  readonly out: string;
  /** Of the book, unix seconds. */
  readonly time?: number;
  readonly chain?: number;
  readonly json?: boolean;
}

/** Makes a book of tables and writes it, or says what is wrong with them and writes nothing. */
export async function runImport(
  paths: readonly string[],
  { out, time, chain, json }: ImportOptions,
): Promise<void> {
  const imported = await importTables(paths, {
    ...(time === undefined ? {} : { time }),
    ...(chain === undefined ? {} : { chainId: chain }),
  });
  const { book, rows, withoutDebt, notes } = imported;
  writeWhole(out, linesOf(book));
  if (json) {
    const { hash, coverage } = book;
    await print(jsonText({ bookHash: hash, rows, withoutDebt, notes, coverage }));
    return;
  }
  await printReadable(importText(imported, terminalWidth()));
  await printReadable(
    `\nWrote it to ${out}, hash ${book.hash}.\nRun a cascade on it with: undertow simulate --book ${out} --shock ETH=-30%\n`,
  );
}

/** The book as one line, in pieces: it may be longer than a string can be. */
function* linesOf(book: Book): Generator<string> {
  yield* bookChunks(book);
  yield '\n';
}
