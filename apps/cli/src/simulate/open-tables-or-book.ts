import type { Book } from '@undertow/book';
import type { AccountLosses } from '@undertow/cascade';
import { openBook, type BookSource } from '../book-source.ts';
import { UsageError } from '../explain-error.ts';
import { importTables } from '../import/import-tables.ts';

/** A book, and what is said below a result on it. */
export interface OpenedTables {
  readonly book: Book;
  /** Who is meant by the addresses of a result that stand for names. */
  readonly ownersText: (accounts: readonly AccountLosses[]) => string;
}

/** Owners that are named below a result. */
const MOST_NAMED = 20;

/**
 * The book of the tables that are named, else that which the other options say.
 *
 * @throws UsageError for tables with something wrong, and where a book is named beside them.
 */
export async function openTablesOrBook({
  tables = [],
  ...source
}: BookSource & { readonly tables?: readonly string[] }): Promise<OpenedTables> {
  if (tables.length === 0) return { book: (await openBook(source)).book, ownersText: () => '' };
  if (source.book !== undefined || source.block !== undefined || source.chain !== undefined)
    throw new UsageError('Tables are a book of their own: leave out --book, --block and --chain.');
  const { book, ownerNames } = await importTables(tables);
  return {
    book,
    ownersText(accounts) {
      const named = accounts.flatMap(({ owner }) => {
        const name = ownerNames.get(owner as Book['accounts']['owner'][number]);
        return name === undefined ? [] : [`${owner} is ${name}`];
      });
      const shown = [...new Set(named)].slice(0, MOST_NAMED);
      return shown.length === 0 ? '' : `\n${shown.join('\n')}\n`;
    },
  };
}
