import { createHash } from 'node:crypto';
import type { PriceTable } from '@undertow/sweep';

/** A table of prices that all threads read: it may have a million numbers. Tables with the same hash are the same. */
export interface SharedPrices extends Omit<PriceTable, 'prices'> {
  readonly hash: string;
  readonly symbols: readonly string[];
  /** A column of floats for each symbol, one after the other. */
  readonly columns: SharedArrayBuffer;
}

export function sharedPrices({ prices, start, stepSeconds, length }: PriceTable): SharedPrices {
  const symbols = [...prices.keys()];
  const columns = new SharedArrayBuffer(symbols.length * length * Float64Array.BYTES_PER_ELEMENT);
  const floats = new Float64Array(columns);
  for (const [place, column] of [...prices.values()].entries()) floats.set(column, place * length);
  const hash = createHash('sha256')
    .update(JSON.stringify([start, stepSeconds, length, symbols]))
    .update(new Uint8Array(columns))
    .digest('hex');
  return { start, stepSeconds, length, hash, symbols, columns };
}

/** The table that was shared. */
export const pricesOf = ({ symbols, columns, length, ...grid }: SharedPrices): PriceTable => ({
  ...grid,
  length,
  prices: new Map(
    symbols.map((symbol, place) => [
      symbol,
      new Float64Array(columns, place * length * Float64Array.BYTES_PER_ELEMENT, length),
    ]),
  ),
});
