import { types } from 'node:util';
import type { Book } from '@undertow/book';
import {
  bookOfTables,
  withQuotedDepth,
  type BookOfTablesOptions,
  type ImportedBook,
  type TableFile,
} from '@undertow/tables';
import { BadDataError } from '@undertow/units';
import { UsageError } from '../explain-error.ts';
import { findTables, openTables } from './find-tables.ts';
import type { OpenTable } from './open-table.ts';
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
    return await withTables(found, (files) =>
      bookOfTables(files, {
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
  return withTables(found, async (files) => (await withQuotedDepth(book, files)).book);
}

/** Works with open tables, and closes them; what is wrong with them, or with reading their files, is the user's to correct. */
async function withTables<Result>(
  paths: readonly string[],
  work: (files: readonly TableFile[]) => Promise<Result>,
): Promise<Result> {
  let opened: readonly OpenTable[] = [];
  try {
    opened = await openTables(paths);
    return await work(opened);
  } catch (cause) {
    if (cause instanceof BadDataError) throw new UsageError(cause.message, { cause });
    if (types.isNativeError(cause) && 'code' in cause)
      throw new UsageError(`The tables cannot be read: ${cause.message}`, { cause });
    throw cause;
  } finally {
    for (const table of opened) table.close();
  }
}
