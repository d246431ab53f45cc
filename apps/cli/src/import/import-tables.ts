import { types } from 'node:util';
import type { Book } from '@undertow/book';
import { bookOfTables, withQuotedDepth, type BookOfTablesOptions, type ImportedBook } from '@undertow/tables';
import { BadDataError } from '@undertow/units';
import { UsageError } from '../explain-error.ts';
import { findTables, openTables } from './find-tables.ts';
import { importProgress } from './import-progress.ts';

/**
 * The book of tables in files and folders; progress goes to standard error.
 *
 * @throws UsageError that lists everything that is wrong with them.
 */
export async function importTables(
  paths: readonly string[],
  options: Omit<BookOfTablesOptions, 'onRows'> = {},
): Promise<ImportedBook> {
  const found = findTables(paths);
  const progress = importProgress(process.stderr, performance.now());
  try {
    return await asTables(async () =>
      bookOfTables(await openTables(found), {
        ...options,
        onRows: (table, rows) => progress.tell(table, rows, performance.now()),
      }),
    );
  } finally {
    progress.end();
  }
}

/**
 * A book with the depth that tables of quotes and orders say.
 *
 * @throws UsageError as `importTables` does.
 */
export async function deepenBook(book: Book, paths: readonly string[]): Promise<Book> {
  const found = findTables(paths);
  return asTables(async () => (await withQuotedDepth(book, await openTables(found))).book);
}

/** What is wrong with tables, or with reading their files, is the user's to correct. */
async function asTables<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof BadDataError) throw new UsageError(cause.message, { cause });
    if (types.isNativeError(cause) && 'code' in cause)
      throw new UsageError(`The tables cannot be read: ${cause.message}`, { cause });
    throw cause;
  }
}
