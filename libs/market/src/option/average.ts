import { expWad, lnWad } from './exponential.ts';

/** A value from one time on, and the sum of logarithm × seconds up to that time. */
export interface AverageObservation {
  /** Unix seconds. */
  readonly time: number;
  readonly valueWad: bigint;
  /** Σ ln(value) × seconds, wad seconds. */
  readonly sum: bigint;
}

/** Longest period over which the contracts may be told to average, seconds (`OptionGreekCache`, 60 days). */
const LONGEST_PERIOD = 60 * 86_400;

/**
 * The observations after a value was written at a time: in the block of the last one it replaces its value, the same
 * value again adds nothing, else it adds one. Observations that no period reaches any more are dropped, which moves no
 * average. Source: `GWAV._initialize`, `_write`.
 */
export function observe(
  before: readonly AverageObservation[],
  valueWad: bigint,
  time: number,
): readonly AverageObservation[] {
  const last = before.at(-1);
  if (!last) return [{ time, valueWad, sum: lnWad(valueWad) * BigInt(time) }];
  if (last.time === time) return [...before.slice(0, -1), { ...last, valueWad }];
  if (last.valueWad === valueWad) return before;
  const next = { time, valueWad, sum: sumAt(last, time) };
  const first = before.findLastIndex((observation) => observation.time <= time - LONGEST_PERIOD);
  return [...before.slice(Math.max(0, first)), next];
}

/**
 * Geometric average of a value over some seconds up to `now`, wad; what it was before the first observation is what it
 * was then. Source: `GWAV.getGWAVForPeriod(period, 0)`.
 */
export function geometricAverageWad(
  observations: readonly AverageObservation[],
  period: bigint,
  now: number,
): bigint {
  const end = accumulated(observations, now);
  if (period === 0n) return expWad(end / BigInt(now));
  return expWad((end - accumulated(observations, now - Number(period))) / period);
}

/** The sum up to any time. `GWAV.queryFirstBeforeAndScale`. */
function accumulated(observations: readonly AverageObservation[], time: number): bigint {
  const last = observations.at(-1)!;
  if (last.time <= time) return sumAt(last, time);
  const first = observations[0]!;
  if (first.time > time) return (first.sum * BigInt(time)) / BigInt(first.time);
  return sumAt(observations[indexBefore(observations, time)]!, time);
}

/**
 * Index of the observation before a time; of one exactly at it, whichever the contract's bisection meets first, whose
 * value makes no difference. `GWAV._binarySearch`.
 */
function indexBefore(observations: readonly AverageObservation[], time: number): number {
  return observations.findLastIndex((observation) => observation.time <= time);
}

function sumAt({ sum, valueWad, time: since }: AverageObservation, time: number): bigint {
  return sum + lnWad(valueWad) * BigInt(time - since);
}
