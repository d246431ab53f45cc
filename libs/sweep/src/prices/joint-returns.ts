import { BadDataError } from '@undertow/units';
import { durationName } from './duration-name.ts';
import type { PriceTable } from './price-table.ts';

/** Log returns of several factors over the same windows. */
export interface JointReturns {
  readonly factors: readonly string[];
  readonly horizonSeconds: number;
  readonly stepSeconds: number;
  /** Unix seconds at which each window begins. */
  readonly starts: readonly number[];
  /** By window, then by factor. */
  readonly rows: readonly Float64Array[];
  /** Windows in which each factor lacks a price at one of the ends: they are left out for all. */
  readonly lacking: ReadonlyMap<string, number>;
}

/**
 * Joint log returns over windows of a horizon, one beginning at each step; a window in which some factor lacks a price at either end
 * is left out.
 *
 * @param wanted symbols of the table; all by default.
 * @throws BadDataError for a symbol that the table lacks, a horizon that is no number of steps, and where no window is left.
 */
export function jointReturns(
  table: PriceTable,
  { horizonSeconds, wanted }: { readonly horizonSeconds: number; readonly wanted?: readonly string[] },
): JointReturns {
  const { start, stepSeconds, length } = table;
  const factors = wanted ?? [...table.prices.keys()];
  const columns = factors.map((factor) => columnOf(table, factor));
  const steps = horizonSeconds / stepSeconds;
  if (!(Number.isInteger(steps) && steps >= 1))
    throw new BadDataError(
      `the horizon of ${durationName(horizonSeconds)} must be one or more whole steps of ${durationName(stepSeconds)}`,
    );
  const lacking = new Map(factors.map((factor) => [factor, 0]));
  const [starts, rows]: [number[], Float64Array[]] = [[], []];
  for (let at = 0; at + steps < length; at++) {
    const row = Float64Array.from(columns, (column) => Math.log(column[at + steps]! / column[at]!));
    for (const [place, factor] of factors.entries())
      if (Number.isNaN(row[place])) lacking.set(factor, lacking.get(factor)! + 1);
    if (row.some(Number.isNaN)) continue;
    starts.push(start + at * stepSeconds);
    rows.push(row);
  }
  if (rows.length === 0)
    throw new BadDataError(
      `there is no window of ${durationName(horizonSeconds)} with prices of all of ${factors.join(', ')} at both ends: ${lackingText(lacking)}`,
    );
  return { factors, horizonSeconds, stepSeconds, starts, rows, lacking };
}

function columnOf({ prices }: PriceTable, symbol: string): Float64Array {
  const column = prices.get(symbol);
  if (column) return column;
  throw new BadDataError(
    `there are no prices of ${symbol}; there are some of ${[...prices.keys()].join(', ')}`,
  );
}

const lackingText = (lacking: ReadonlyMap<string, number>) =>
  [...lacking]
    .filter(([, windows]) => windows > 0)
    .map(([factor, windows]) => `${factor} lacks ${windows}`)
    .join(', ') || 'the prices are of too short a time';
