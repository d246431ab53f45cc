import { readFileSync } from 'node:fs';
import { importBook, type Book, type Ledger } from '@undertow/book';
import { UsageError } from './explain-error.ts';
import { readIndexed } from './read-book.ts';

/** Where a command's book comes from: a file, or a block of what is indexed. */
export interface BookSource {
  readonly book?: string;
  readonly block?: number;
  readonly chain?: number;
  readonly data: string;
}

/** A book, and the ledger that it was made from where there is one: a file has none. */
export interface OpenedBook {
  readonly book: Book;
  readonly ledger: Ledger | undefined;
}

/** Reads the book that the options of a command name. Throws UsageError for options that do not fit together. */
export async function openBook(source: BookSource): Promise<OpenedBook> {
  const { book: file, block, chain } = source;
  if (file === undefined) return readIndexed(source);
  if (block !== undefined || chain !== undefined)
    throw new UsageError('A book file is of one block of one chain: leave out --block and --chain.');
  return { book: readBookFile(file), ledger: undefined };
}

function readBookFile(path: string): Book {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}. Name a file that "undertow export --out" wrote.`, { cause });
  }
  return importBook(text);
}
