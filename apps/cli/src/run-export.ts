import { closeSync, openSync, writeFileSync } from 'node:fs';
import { bookChunks, type Book } from '@undertow/book';
import { ConfigError } from '@undertow/units';
import { gathered, printPieces } from './print.ts';
import { readBook } from './read-book.ts';

export interface ExportOptions {
  readonly block?: number;
  readonly out?: string;
  readonly chain?: number;
  readonly data: string;
}

/** Writes the book of a block to a file or to standard output. */
export async function runExport(options: ExportOptions): Promise<void> {
  const book = await readBook(options);
  if (options.out === undefined) return printPieces(linesOf(book));
  writeBook(book, options.out);
  process.stderr.write(
    `Wrote the book of block ${book.block} (${book.accounts.count} accounts, hash ${book.hash}) to ${options.out}\n`,
  );
}

/**
 * Writes a book to a file.
 *
 * @throws ConfigError when the file cannot be written.
 */
export function writeBook(book: Book, path: string): void {
  try {
    const file = openSync(path, 'w');
    try {
      for (const text of gathered(linesOf(book))) writeFileSync(file, text);
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new ConfigError(`Cannot write ${path}. Choose another file with --out.`, { cause });
  }
}

/** The book as one line, in pieces: it may be longer than a string can be. */
function* linesOf(book: Book): Generator<string> {
  yield* bookChunks(book);
  yield '\n';
}
