import { basename } from 'node:path';
import type { PriceRow } from '@undertow/sweep';
import { UsageError } from '../explain-error.ts';
import { openText } from '../import/open-text.ts';
import { readCsv } from '../import/read-csv.ts';
import { cell, numberOf, PRICES, timeOf, TIMES } from '../lag/price-cells.ts';

const SYMBOLS = ['symbol', 'coin', 'asset'];

/** A file of prices as it is named: `prices.csv`, or `ETH=ethusdt.csv` for one that has prices of one thing alone. */
export interface NamedPrices {
  readonly path: string;
  /** Undefined where the file has a column of symbols. */
  readonly symbol: string | undefined;
}

/** Reads `ETH=ethusdt.csv`; a name with a slash before the sign is a path. */
export function namedPrices(text: string): NamedPrices {
  const [, symbol, path] = /^([^/\\=]+)=(.+)$/s.exec(text) ?? [];
  return symbol === undefined ? { path: text, symbol: undefined } : { path: path!, symbol };
}

/**
 * Reads the prices of files, packed or not: CSV with columns of time, symbol and price. Times are unix seconds or dates in UTC.
 *
 * @throws UsageError that names the file and the line.
 */
export async function readPriceRows(files: readonly NamedPrices[]): Promise<PriceRow[]> {
  const rows: PriceRow[] = [];
  for (const { path, symbol } of files) {
    try {
      for await (const batch of readCsv(openText(path)))
        for (const { line, cells, flaw } of batch) {
          if (flaw !== undefined) throw new UsageError(`${basename(path)}, line ${line}: ${flaw}`);
          rows.push(rowOf(cells as Readonly<Record<string, string>>, { path, line, symbol }));
        }
    } catch (cause) {
      if (cause instanceof UsageError) throw cause;
      throw new UsageError(
        `Cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}. Prices are CSV with columns time, symbol and price.`,
        { cause },
      );
    }
  }
  return rows;
}

interface Place {
  readonly path: string;
  readonly line: number;
  readonly symbol: string | undefined;
}

function rowOf(cells: Readonly<Record<string, string>>, { path, line, symbol }: Place): PriceRow {
  const time = timeOf(cell(cells, TIMES, { path, what: 'time' }));
  const price = numberOf(cell(cells, PRICES, { path, what: 'price' }));
  const at = `${basename(path)}, line ${line}`;
  if (!Number.isFinite(time))
    throw new UsageError(`${at}: the time cannot be read. Write unix seconds or 2023-07-01T12:00 (UTC).`);
  if (!(price !== undefined && price > 0 && price < Infinity))
    throw new UsageError(`${at}: the price must be a number above 0.`);
  return { time, price, symbol: symbol ?? symbolOf(cells, path) };
}

function symbolOf(cells: Readonly<Record<string, string>>, path: string): string {
  const name = SYMBOLS.find((one) => cells[one] !== undefined);
  if (name !== undefined) return cells[name]!.trim();
  throw new UsageError(
    `${basename(path)} has no column of the symbol. If it has the prices of one thing, name that: ETH=${basename(path)}.`,
  );
}
