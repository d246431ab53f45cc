/**
 * The tables that a book can be made of.
 *
 * - `positions`: who holds and owes what, one leg a row; `loans`: the same in short, one borrower with one collateral and one debt
 *   a row, terms and prices included.
 * - `markets`: terms of markets, and of the venues that they are in.
 * - `prices`: assets, and what venues believe they are worth; `ties`: how assets hang on each other.
 * - `quotes`, `orders`: what can be sold and bought, as aggregators quote it and as exchanges' order books show it.
 * - `funds`: shared funds of venues.
 */
export const TABLES = [
  'positions',
  'loans',
  'markets',
  'prices',
  'ties',
  'quotes',
  'orders',
  'funds',
] as const;
export type TableName = (typeof TABLES)[number];

/** Where a row stands, for messages. */
export interface RowPlace {
  readonly file: string;
  /** Line of a CSV file, its header being line 1; of JSON the number of the row, from 1. */
  readonly line: number;
}

/** One row as a file has it: blank cells are empty texts, null or absent. */
export interface RawRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, unknown>>;
  /** Why it cannot be read; undefined when it can. Its cells are not looked at then. */
  readonly flaw?: string;
}

/** A file with rows of one table, read as they are asked for. */
export interface TableFile {
  readonly table: TableName;
  /** What messages call it. */
  readonly file: string;
  /** Whether rows are counted by line of the file; false = by their number. */
  readonly hasLines: boolean;
  /** In batches, so that a row costs no turn of the event loop. */
  readonly rows: AsyncIterable<readonly RawRow[]>;
}
