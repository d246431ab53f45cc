import { lnWad } from './exponential.ts';
import { observe, type AverageObservation } from './average.ts';

/**
 * An implied volatility, or the ratio of a strike's to its board's (skew), as its venue stores it: the value that
 * trades are priced with, and what its averages are made of.
 */
export interface Volatility {
  readonly form: 'option';
  readonly valueWad: bigint;
  readonly observations: readonly AverageObservation[];
}

/** What one event says: the value, and what of it enters the averages (the venue bounds outliers). */
export interface VolatilityChange {
  readonly form: 'option';
  readonly valueWad: bigint;
  readonly averagedWad: bigint;
  /** What a view said of the past; starts the observations anew. */
  readonly past?: { readonly averageWad: bigint; readonly seconds: number };
}

/** The volatility after an event at a time (unix seconds). The value that it had already changes nothing. */
export function foldVolatility(
  before: Volatility | undefined,
  { form, valueWad, averagedWad, past }: VolatilityChange,
  time: number,
): Volatility {
  if (past) {
    const start = time - past.seconds;
    const sum = lnWad(past.averageWad) * BigInt(start);
    const old = [{ time: start, valueWad: past.averageWad, sum }];
    return { form, valueWad, observations: observe(old, averagedWad, time) };
  }
  if (before?.valueWad === valueWad) return before;
  return { form, valueWad, observations: observe(before?.observations ?? [], averagedWad, time) };
}
