import { BadDataError } from '@undertow/units';
import { ascending, median, quantileSorted, quickselect } from 'd3-array';
import { randomLcg } from 'd3-random';
import { PolynomialRegression } from 'ml-regression';
import { lastAtOrBefore, type PriceSeries } from './series/price-series.ts';

/** What to compare, and how finely. */
export interface DelayOptions {
  /** Unix seconds; compared from here … */
  readonly from: number;
  /** … up to here. */
  readonly to: number;
  /**
   * Seconds between two moments that are compared. Absent: the moments are those at which the oracle answered, and the delay is
   * that of an answer when it comes; what holds until the next one is older by half the time between answers.
   */
  readonly everySeconds?: number;
  /** Delays to try, seconds, rising. One below 0 says that the oracle knew first: no oracle does, so that a clock is wrong. */
  readonly shiftsSeconds: readonly number[];
  /** Length of the pieces that are drawn again for the band, seconds: longer than prices remember. Default a day. */
  readonly pieceSeconds?: number;
  /** How many times they are drawn. Default 200. */
  readonly resamples?: number;
  /** Seed of the drawing. Default 1. */
  readonly seed?: number;
}

/** How far an oracle runs behind its market. */
export interface Delay {
  /** The shift of the market with the least error, seconds, between the tried ones by a parabola through the nearest five. */
  readonly delaySeconds: number;
  /** From the 5 % to the 95 % quantile of the delay of redrawn samples, seconds. */
  readonly bandSeconds: readonly [low: number, high: number];
  /** Median distance of answer and market, as a ratio, at the best of the tried shifts. */
  readonly error: number;
  /** The same without a shift. Undefined where 0 was not tried. */
  readonly errorWithoutDelay: number | undefined;
  /** Every tried shift with its error, for a chart. */
  readonly curve: readonly { readonly shiftSeconds: number; readonly error: number }[];
  /** How many moments were compared. */
  readonly samples: number;
}

const DAY = 86_400;

/**
 * The delay that makes a market look most like the oracle: for each shift s the median over time of |answer(t) ÷ market(t − s) − 1|,
 * and of all shifts the one with the least. Undefined where fewer than two pieces of time can be compared, or where answer or
 * market never moves: every shift is as good then.
 *
 * The band is a block bootstrap: whole pieces of time are drawn with repetition, because neighbouring errors go together.
 *
 * @throws BadDataError where nothing can be tried.
 */
export function estimateDelay(
  answers: PriceSeries,
  market: PriceSeries,
  options: DelayOptions,
): Delay | undefined {
  const { from, to, everySeconds, shiftsSeconds: shifts, pieceSeconds = DAY } = options;
  const { resamples = 200, seed = 1 } = options;
  if (shifts.length < 2 || shifts.some((shift, row) => row > 0 && shift <= shifts[row - 1]!))
    throw new BadDataError('a delay needs at least two shifts to try, rising');
  if (everySeconds !== undefined && !(everySeconds > 0))
    throw new BadDataError('the time between two moments must be above 0');
  if (isConstant(answers) || isConstant(market)) return undefined;
  const times = comparedTimes(answers, market, {
    from,
    to,
    everySeconds,
    shortest: shifts[0]!,
    longest: shifts.at(-1)!,
  });
  const pieces = inPieces(times, pieceSeconds);
  if (pieces.length < 2) return undefined;
  const distances = shifts.map((shift) => distancesAt(answers, market, times, shift));
  const curve = shifts.map((shiftSeconds, row) => ({ shiftSeconds, error: median(distances[row]!)! }));
  const best = curve.reduce((least, point) => (point.error < least.error ? point : least));
  const random = randomLcg(seed);
  const redrawn = Array.from({ length: resamples }, () => {
    const drawn = pieces.map(() => pieces[Math.floor(random() * pieces.length)]!);
    return vertex(
      shifts,
      distances.map((row) => medianOfPieces(row, drawn)),
    );
  }).sort(ascending);
  return {
    delaySeconds: vertex(
      shifts,
      curve.map(({ error }) => error),
    ),
    bandSeconds: [quantileSorted(redrawn, 0.05)!, quantileSorted(redrawn, 0.95)!],
    error: best.error,
    errorWithoutDelay: curve.find(({ shiftSeconds }) => shiftSeconds === 0)?.error,
    curve,
    samples: times.length,
  };
}

const isConstant = ({ prices }: PriceSeries) => prices.every((price) => price === prices[0]);

/**
 * Median distance of an oracle from its market of some seconds before, as a ratio, over the moments at which it answered between two
 * times. Undefined where it did not, or nothing is known of the market then.
 */
export function delayError(
  answers: PriceSeries,
  market: PriceSeries,
  { from, to, delaySeconds }: { readonly from: number; readonly to: number; readonly delaySeconds: number },
): number | undefined {
  const within = { from, to, everySeconds: undefined, shortest: delaySeconds, longest: delaySeconds };
  const times = comparedTimes(answers, market, within);
  return median(distancesAt(answers, market, times, delaySeconds));
}

interface Compared {
  readonly from: number;
  readonly to: number;
  readonly everySeconds: number | undefined;
  readonly shortest: number;
  readonly longest: number;
}

/** Moments at which both have a price, whatever the shift. */
function comparedTimes(answers: PriceSeries, market: PriceSeries, compared: Compared): Float64Array {
  const { from, to, everySeconds, shortest, longest } = compared;
  const start = Math.max(from, answers.times[0] ?? Infinity, (market.times[0] ?? Infinity) + longest);
  const end = Math.min(to, (market.times.at(-1) ?? -Infinity) + Math.min(0, shortest));
  if (everySeconds === undefined) return answers.times.filter((time) => time >= start && time <= end);
  const count = Math.max(0, Math.floor((end - start) / everySeconds) + 1);
  return Float64Array.from(
    { length: Number.isFinite(count) ? count : 0 },
    (_, row) => start + row * everySeconds,
  );
}

function distancesAt(
  answers: PriceSeries,
  market: PriceSeries,
  times: Float64Array,
  shift: number,
): Float64Array {
  return times.map((time) => {
    const answer = answers.prices[lastAtOrBefore(answers.times, time)]!;
    return Math.abs(answer / market.prices[lastAtOrBefore(market.times, time - shift)]! - 1);
  });
}

/** Where pieces of a length begin and end among rising times. */
function inPieces(times: Float64Array, seconds: number): (readonly [first: number, end: number])[] {
  const pieces: (readonly [number, number])[] = [];
  let first = 0;
  for (let row = 1; row <= times.length; row += 1) {
    const isOver = row === times.length || times[row]! - times[first]! >= seconds;
    if (!isOver) continue;
    pieces.push([first, row]);
    first = row;
  }
  return pieces;
}

function medianOfPieces(
  values: Float64Array,
  pieces: readonly (readonly [first: number, end: number])[],
): number {
  const all = new Float64Array(pieces.reduce((sum, [first, end]) => sum + end - first, 0));
  let filled = 0;
  for (const [first, end] of pieces) {
    all.set(values.subarray(first, end), filled);
    filled += end - first;
  }
  // Of an even number the lower of the two: a redrawn median need not be better than that, and this one sorts nothing.
  const middle = (all.length - 1) >> 1;
  return quickselect(all, middle)[middle]!;
}

/** How many points on each side of the least one the parabola goes through. */
const NEIGHBOURS = 2;

/** The shift of the least error; between the tried ones where the points around it bend upwards. */
function vertex(shifts: readonly number[], errors: readonly number[]): number {
  const least = errors.indexOf(Math.min(...errors));
  const first = Math.max(0, least - NEIGHBOURS);
  const end = Math.min(shifts.length, least + NEIGHBOURS + 1);
  if (end - first < 3) return shifts[least]!;
  // In units around the least one: squares of seconds would cost the digits that are asked for.
  const unit = shifts[end - 1]! - shifts[first]!;
  const x = shifts.slice(first, end).map((shift) => (shift - shifts[least]!) / unit);
  const [, slope = 0, bend = 0] = new PolynomialRegression(x, errors.slice(first, end), 2).coefficients;
  if (!(bend > 0)) return shifts[least]!;
  const at = shifts[least]! - (slope / (2 * bend)) * unit;
  return Math.min(shifts[end - 1]!, Math.max(shifts[first]!, at));
}
