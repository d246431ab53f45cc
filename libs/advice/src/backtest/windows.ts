import { BadDataError } from '@undertow/units';
import type { PriceTable } from '@undertow/sweep';

/** A price over windows of one length that do not overlap: what an advice is made of, and what it is held against. */
export interface Windows {
  /** Unix seconds at which each begins, rising; those without a price at both ends are left out. */
  readonly starts: readonly number[];
  /** ln(price at the end ÷ at the start). */
  readonly logReturns: Float64Array;
  /** Lowest known price within ÷ price at the start, a ratio of at most 1. */
  readonly lowest: Float64Array;
  /** How many were left out. */
  readonly leftOut: number;
  readonly horizonSeconds: number;
}

/**
 * The windows of a price of a table. They begin at whole multiples of the horizon since 1970 (days at midnight UTC).
 *
 * @throws BadDataError where the table has no such price, and where the horizon is not one or more whole steps of it.
 */
export function windowsOf(table: PriceTable, symbol: string, horizonSeconds: number): Windows {
  const { start, stepSeconds, length, prices } = table;
  const column = prices.get(symbol);
  if (!column)
    throw new BadDataError(`there is no price of ${symbol}: the table has ${[...prices.keys()].join(', ')}`);
  const steps = horizonSeconds / stepSeconds;
  if (!(Number.isInteger(steps) && steps >= 1))
    throw new BadDataError(
      `the horizon of ${horizonSeconds} seconds must be one or more whole steps of the table, which has one every ${stepSeconds} seconds`,
    );
  const [starts, returns, lowest]: number[][] = [[], [], []];
  let leftOut = 0;
  const first = Math.ceil(start / horizonSeconds) * horizonSeconds - start;
  for (let at = Math.ceil(first / stepSeconds); at + steps < length; at += steps) {
    const [from, to] = [column[at]!, column[at + steps]!];
    if (Number.isNaN(from) || Number.isNaN(to)) {
      leftOut += 1;
      continue;
    }
    let low = from;
    for (let step = at + 1; step <= at + steps; step++) if (column[step]! < low) low = column[step]!;
    starts!.push(start + at * stepSeconds);
    returns!.push(Math.log(to / from));
    lowest!.push(low / from);
  }
  return {
    starts: starts!,
    logReturns: Float64Array.from(returns!),
    lowest: Float64Array.from(lowest!),
    leftOut,
    horizonSeconds,
  };
}
