import { types } from 'node:util';
import { bookOfTables, type BookOfTablesOptions, type ImportedBook } from '@undertow/tables';
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
    const files = await openTables(found);
    return await bookOfTables(files, {
      ...options,
      onRows: (table, rows) => progress.tell(table, rows, performance.now()),
    });
  } catch (cause) {
    if (cause instanceof BadDataError) throw new UsageError(cause.message, { cause });
    if (types.isNativeError(cause) && 'code' in cause)
      throw new UsageError(`The tables cannot be read: ${cause.message}`, { cause });
    throw cause;
  } finally {
    progress.end();
  }
}
