import { importBook, type Book, type Ledger } from '@undertow/book';
import type { ExchangeQuote } from '@undertow/lag';
import { BadDataError } from '@undertow/units';
import { UsageError } from './explain-error.ts';
import { readAtMost, type FileBytes } from './read-at-most.ts';
import { readIndexed } from './read-book.ts';

/** Where a command's book comes from: a file, or a block of what is indexed. */
export interface BookSource {
  readonly book?: string;
  readonly block?: number;
  readonly chain?: number;
  readonly data: string;
}

/** A book, and what a file of one has not: the ledger that it was made from, its block's hash, and what exchanges said at its time. */
export interface OpenedBook {
  readonly book: Book;
  readonly ledger: Ledger | undefined;
  readonly blockHash: string | undefined;
  readonly quotes: readonly ExchangeQuote[];
}

/** Reads the book that the options of a command name. Throws UsageError for options that do not fit together. */
export async function openBook(source: BookSource): Promise<OpenedBook> {
  const { book: file, block, chain } = source;
  if (file === undefined) return readIndexed(source);
  if (block !== undefined || chain !== undefined)
    throw new UsageError('A book file is of one block of one chain: leave out --block and --chain.');
  return { book: readBookFile(file), ledger: undefined, blockHash: undefined, quotes: [] };
}

/** The largest book file read. One account takes about a kilobyte. */
export const MOST_BOOK_BYTES = 256 * 1_024 * 1_024;

/** @throws UsageError for what is no file of a book. */
export function readBookFile(path: string): Book {
  let found: FileBytes;
  try {
    found = readAtMost(path, MOST_BOOK_BYTES);
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}. ${NAME_ONE}`, { cause });
  }
  if (found.is === 'no file')
    throw new UsageError(
      `${path} is no plain file: a pipe, device or folder cannot be read as one. ${NAME_ONE}`,
    );
  if (found.is === 'too long')
    throw new UsageError(
      `${path} is larger than ${MOST_BOOK_BYTES / 1_024 ** 2} MB, which no book is. ${NAME_ONE}`,
    );
  const text = found.bytes.toString('utf8');
  try {
    return importBook(text);
  } catch (cause) {
    if (!(cause instanceof BadDataError)) throw cause;
    throw new UsageError(`${path} cannot be read as a book: ${cause.message}`, { cause });
  }
}

const NAME_ONE = 'Name a file that "undertow export --out" wrote.';
