import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { importBookPieces, type Book, type Ledger } from '@undertow/book';
import type { ExchangeQuote } from '@undertow/lag';
import { BadDataError } from '@undertow/units';
import { UsageError } from './explain-error.ts';
import { readIndexed } from './read-book.ts';

/** Where a command's book comes from: a file, or a block of what is indexed. */
export interface BookSource {
  readonly book?: string;
  readonly block?: number;
  readonly chain?: number;
  readonly data: string;
  /** Of what is indexed; see `BookWanted`. */
  readonly atLastChange?: boolean;
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

/** The largest book file read: one of a million accounts is half of that, and takes a gigabyte of memory. */
export const MOST_BOOK_BYTES = 1_024 * 1_024 * 1_024;
const PIECE_BYTES = 4 * 1_024 * 1_024;

/** @throws UsageError for what is no file of a book. */
export function readBookFile(path: string): Book {
  let file: number;
  try {
    // Waits for no writer of a pipe.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}. ${NAME_ONE}`, { cause });
  }
  try {
    if (!fstatSync(file).isFile())
      throw new UsageError(
        `${path} is no plain file: a pipe, device or folder cannot be read as one. ${NAME_ONE}`,
      );
    return importBookPieces(pieces(path, file));
  } catch (cause) {
    if (!(cause instanceof BadDataError)) throw cause;
    throw new UsageError(`${path} cannot be read as a book: ${cause.message}`, { cause });
  } finally {
    closeSync(file);
  }
}

const NAME_ONE = 'Name a file that "undertow export --out" wrote.';

/** The bytes of a file, all in one buffer that is filled anew. Throws UsageError for a file that is too large or cannot be read. */
function* pieces(path: string, file: number): Generator<Uint8Array> {
  const buffer = new Uint8Array(PIECE_BYTES);
  // A file may grow while it is read.
  let total = fstatSync(file).size;
  for (let before = 0; ;) {
    if (total > MOST_BOOK_BYTES)
      throw new UsageError(
        `${path} is larger than ${MOST_BOOK_BYTES / 1_024 ** 2} MB, the most that is read of a book. ${NAME_ONE}`,
      );
    const read = readPiece(path, file, buffer);
    if (read === 0) return;
    before += read;
    total = Math.max(total, before);
    yield buffer.subarray(0, read);
  }
}

function readPiece(path: string, file: number, buffer: Uint8Array): number {
  try {
    return readSync(file, buffer);
  } catch (cause) {
    throw new UsageError(`Cannot read ${path}. ${NAME_ONE}`, { cause });
  }
}
