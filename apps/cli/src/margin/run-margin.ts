import { ownerAccounts, type OwnerAccount } from '@undertow/book';
import { accountsOf, clearingReport, marginReport, type TailMethod } from '@undertow/margin';
import type { Address } from '@undertow/market';
import { priceTable, type PriceTable } from '@undertow/sweep';
import { openBook, type BookSource, type OpenedBook } from '../book-source.ts';
import { asUsage, UsageError } from '../explain-error.ts';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { priceRowsOf } from '../sweep/price-rows-of.ts';
import { terminalWidth } from '../terminal-width.ts';
import { bracketsOf } from './brackets-of.ts';
import { clearingJson, clearingText } from './clearing-text.ts';
import { marginJson } from './margin-json.ts';
import { marginText } from './margin-text.ts';
import { placeOf, type ShownMargin } from './shown-margin.ts';

export interface MarginOptions extends BookSource {
  /** Files, or `stored` for what is in the database. */
  readonly prices?: readonly string[];
  /** Seconds. */
  readonly horizon?: number;
  readonly step?: number;
  readonly confidence?: number;
  readonly method?: TailMethod;
  readonly count?: number;
  readonly seed?: number;
  /** A file of margins by size. */
  readonly brackets?: string;
  readonly json?: boolean;
}

const DAY = 86_400;
const HOUR = 3_600;
const DEFAULT_LEVEL = 0.99;
const DEFAULT_COUNT = 5_000;
const DEFAULT_SEED = 1;

/**
 * Prints what an address has and must have over all venues of a book.
 *
 * @throws UsageError where the book has no account of it that owes, and for prices that tell nothing.
 */
export async function runMargin(address: Address, options: MarginOptions): Promise<void> {
  const { book, ledger } = await openBook(options);
  const leftOut = ownerAccounts(book, address, ledger).filter(({ summary }) => summary === undefined);
  if (accountsOf(book, address).length === 0) throw new UsageError(nothingOf(address, { book, leftOut }));
  const priced = await pricesOf(options);
  const { horizon = DAY, confidence = DEFAULT_LEVEL, method = 'ewma' } = options;
  const report = asUsage(() =>
    marginReport(book, address, {
      prices: priced.table,
      method,
      horizonSeconds: horizon,
      level: confidence,
      count: options.count ?? DEFAULT_COUNT,
      seed: options.seed ?? DEFAULT_SEED,
      ...(options.brackets !== undefined && { bracketsOf: bracketsOf(options.brackets, book) }),
    }),
  );
  const shown: ShownMargin = { address, book, report, leftOut, noPrices: priced.reason };
  if (options.json) return printPieces(jsonPieces(marginJson(shown)));
  await printReadable(marginText(shown, terminalWidth()));
}

/**
 * Prints all venues of a book as one clearing house.
 *
 * @throws UsageError for prices that tell nothing.
 */
export async function runClearing(options: MarginOptions): Promise<void> {
  const { book } = await openBook(options);
  const priced = await pricesOf(options);
  const horizonSeconds = options.horizon ?? DAY;
  const report = asUsage(() => clearingReport(book, { prices: priced.table, horizonSeconds }));
  const shown = { book, report, noPrices: priced.reason };
  if (options.json) return printPieces(jsonPieces(clearingJson(shown)));
  await printReadable(clearingText(shown, terminalWidth()));
}

function nothingOf(
  address: Address,
  { book, leftOut }: { readonly book: OpenedBook['book']; readonly leftOut: readonly OwnerAccount[] },
): string {
  const known =
    leftOut.length === 0
      ? ''
      : ` What is known of it is left out or owes nothing: ${leftOut.map(placeOf).join('; ')}.`;
  return `${address} has no account with a debt or a position in the book of block ${book.block}.${known} "undertow venues" says what is left out, and "undertow account" what it holds.`;
}

/** Prices as they are asked for; where nobody asks, the stored ones of the database that the book is from, if there are any. */
async function pricesOf(
  options: MarginOptions,
): Promise<{ readonly table: PriceTable | undefined; readonly reason: string | undefined }> {
  const { prices, book, step = HOUR, data, chain } = options;
  const from = { data, ...(chain !== undefined && { chain }) };
  if (prices !== undefined) {
    const rows = await priceRowsOf({ ...from, prices });
    return { table: asUsage(() => priceTable(rows, step)), reason: undefined };
  }
  if (book !== undefined)
    return { table: undefined, reason: 'a book file has no prices of the past: give some with --prices' };
  try {
    const rows = await priceRowsOf({ ...from, prices: ['stored'] });
    return { table: priceTable(rows, step), reason: undefined };
  } catch (error) {
    if (error instanceof UsageError) return { table: undefined, reason: error.message };
    throw error;
  }
}
