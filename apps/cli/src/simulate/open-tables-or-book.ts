import type { Book } from '@undertow/book';
import type { AccountLosses } from '@undertow/cascade';
import type { ExchangeQuote } from '@undertow/lag';
import { openBook, type BookSource } from '../book-source.ts';
import { UsageError } from '../explain-error.ts';
import { holdOnlyDepth } from '../import/find-tables.ts';
import { deepenBook, importTables } from '../import/import-tables.ts';

/** A book, and what is said below a result on it. */
export interface OpenedTables {
  readonly book: Book;
  /** Of its block, where it comes from a database. */
  readonly blockHash: string | undefined;
  /** What exchanges said at its time, where it comes from a database. */
  readonly quotes: readonly ExchangeQuote[];
  /** The name that an owner's address stands for; undefined of an address that is one. */
  readonly nameOf: (owner: string) => string | undefined;
  /** Who is meant by the addresses of a result that stand for names. */
  readonly ownersText: (accounts: readonly AccountLosses[]) => string;
}

/** Owners that are named below a result. */
const MOST_NAMED = 20;

const nobodyNamed = { nameOf: () => undefined, ownersText: () => '' };

/**
 * The book of the tables that are named, else that which the other options say; tables of quotes and orders alone are the depth of
 * that one.
 *
 * @throws UsageError for tables with something wrong, and where a book is named beside tables that are one.
 */
export async function openTablesOrBook({
  tables = [],
  ...source
}: BookSource & { readonly tables?: readonly string[] }): Promise<OpenedTables> {
  if (tables.length === 0) return { ...(await openBook(source)), ...nobodyNamed };
  if (holdOnlyDepth(tables)) {
    const { book, blockHash, quotes } = await openBook(source);
    return { book: await deepenBook(book, tables), blockHash, quotes, ...nobodyNamed };
  }
  if (source.book !== undefined || source.block !== undefined || source.chain !== undefined)
    throw new UsageError(
      'Tables with positions are a book of their own: leave out --book, --block and --chain.',
    );
  const { book, ownerNames } = await importTables(tables);
  const nameOf = (owner: string) => ownerNames.get(owner as Book['accounts']['owner'][number]);
  return {
    book,
    blockHash: undefined,
    quotes: [],
    nameOf,
    ownersText(accounts) {
      const named = accounts.flatMap(({ owner }) => {
        const name = nameOf(owner);
        return name === undefined ? [] : [`${owner} is ${name}`];
      });
      const shown = [...new Set(named)].slice(0, MOST_NAMED);
      return shown.length === 0 ? '' : `\n${shown.join('\n')}\n`;
    },
  };
}
