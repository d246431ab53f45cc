import { BadDataError } from '@undertow/units';

/** What something traded at. */
export interface PriceRow {
  /** Unix seconds. */
  readonly time: number;
  /** What a plan's factor is called: `ETH`, `USDC`. */
  readonly symbol: string;
  /** USD per unit, above 0. */
  readonly price: number;
}

/** Prices at times that are one step apart, by symbol; NaN where none is known. */
export interface PriceTable {
  /** Unix seconds of the first column entry. */
  readonly start: number;
  readonly stepSeconds: number;
  readonly length: number;
  readonly prices: ReadonlyMap<string, Float64Array>;
}

/** A price that is older than so many steps is none: a market that was closed, a coin that died, a hole in a file. */
const MOST_STEPS_OLD = 2;

/** More steps than these are a mistake in a time: milliseconds among seconds, the year 1970. */
const MOST_STEPS = 20_000_000;

/**
 * Prices in steps: at each step the last price that was known by then, unless it is more than two steps old.
 *
 * @throws BadDataError for a price that is none, for no rows, and for times too far apart.
 */
export function priceTable(rows: Iterable<PriceRow>, stepSeconds: number): PriceTable {
  if (!(stepSeconds > 0)) throw new BadDataError(`the step must be above 0 seconds, but is ${stepSeconds}`);
  const bySymbol = new Map<string, PriceRow[]>();
  let [first, last] = [Infinity, -Infinity];
  for (const row of rows) {
    checkRow(row);
    first = Math.min(first, row.time);
    last = Math.max(last, row.time);
    const before = bySymbol.get(row.symbol);
    if (before) before.push(row);
    else bySymbol.set(row.symbol, [row]);
  }
  if (bySymbol.size === 0) throw new BadDataError('there are no prices: the table has no row');
  const start = Math.ceil(first / stepSeconds) * stepSeconds;
  const length = Math.max(0, Math.floor((last - start) / stepSeconds) + 1);
  if (length > MOST_STEPS)
    throw new BadDataError(
      `the times go from ${first} to ${last} seconds, ${length} steps of ${stepSeconds}: one of them is no unix time in seconds`,
    );
  const grid = { start, stepSeconds, length };
  return {
    ...grid,
    prices: new Map([...bySymbol].map(([symbol, own]) => [symbol, columnOf(own, grid)])),
  };
}

function checkRow({ time, symbol, price }: PriceRow): void {
  if (!Number.isFinite(time))
    throw new BadDataError(`a price of ${symbol} has the time ${time}, which is no unix time in seconds`);
  if (!(price > 0 && price < Infinity))
    throw new BadDataError(`the price of ${symbol} at ${time} must be above 0, but is ${price}`);
}

function columnOf(
  rows: readonly PriceRow[],
  { start, stepSeconds, length }: Omit<PriceTable, 'prices'>,
): Float64Array {
  // Of two prices of one time the later row counts: a stable sort leaves it behind the other.
  const sorted = rows.toSorted((a, b) => a.time - b.time);
  const column = new Float64Array(length).fill(NaN);
  let at = -1;
  for (let step = 0; step < length; step++) {
    const time = start + step * stepSeconds;
    while (at + 1 < sorted.length && sorted[at + 1]!.time <= time) at += 1;
    const known = sorted[at];
    if (known && time - known.time <= MOST_STEPS_OLD * stepSeconds) column[step] = known.price;
  }
  return column;
}
