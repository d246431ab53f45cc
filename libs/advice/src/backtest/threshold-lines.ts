import type { PriceTable } from '@undertow/sweep';
import { marginsOverTime, type BufferRule } from '../buffers/margins-over-time.ts';
import { excursionThreshold } from '../published/excursion-threshold.ts';
import { smartLoanToValue, type SmartTerms } from '../published/smart-loan-to-value.ts';
import { choiceOf, standaloneThreshold, type FallChoice, type StandaloneTerms } from './standalone-line.ts';
import { windowsOf, type Windows } from './windows.ts';

/** A threshold that somebody set, and from when on. */
export interface SetThreshold {
  readonly time: number;
  readonly threshold: number;
}

/** A way to set a threshold, over time. */
export interface ThresholdLine {
  readonly name: string;
  /** By date; NaN where it has none: not set yet, or too little history. */
  readonly thresholds: Float64Array;
}

/** SmartLTV’s terms but the volatility, which is measured. */
export interface SmartConstants extends Omit<SmartTerms, 'volatility'> {
  readonly confidence: number;
}

/**
 * The constants of SmartLTV’s published example: liquidity 1e6, cap 2e5, bonus 5 %, confidence 3.
 *
 * Source: backstop-protocol/smart-ltv, test `testLTVCalculationExact`.
 */
export const SMART_CONSTANTS: SmartConstants = { liquidity: 1e6, cap: 2e5, bonus: 0.05, confidence: 3 };

/** What lines are made of: prices up to each date, and what was stated beforehand. */
export interface LinesOf {
  readonly table: PriceTable;
  readonly symbol: string;
  readonly windows: Windows;
  readonly terms: StandaloneTerms;
  readonly choice: FallChoice;
  readonly smart: SmartConstants;
  /** By name, what was set over time, in the order of time. */
  readonly set: Readonly<Record<string, readonly SetThreshold[]>>;
}

/**
 * The names of the lines that are always there: the advice, the same under each of the three buffers, the first advice held for ever,
 * SmartLTV, and the rule of short excursions.
 */
export const LINES = [
  'advised',
  'advised, buffer',
  'advised, stressed',
  'advised, floor',
  'first held',
  'SmartLTV',
  'excursions',
] as const;
export type LineName = (typeof LINES)[number];

/** All lines at the dates from the window `from` on, of which `falls` are expected. Each value is made of what was known at its date. */
export function thresholdLines(
  of: LinesOf,
  { from, falls }: { readonly from: number; readonly falls: Float64Array },
): ThresholdLine[] {
  const { windows, terms } = of;
  const many = windows.starts.length - from;
  const margin = [...falls.subarray(0, many)];
  const linesOfFalls = (values: readonly number[]) =>
    Float64Array.from(values, (fall) => standaloneThreshold(Math.min(0.999, fall), terms));
  const buffered = (kind: BufferRule['kind'], values: readonly number[]) => ({
    name: `advised, ${kind}`,
    thresholds: linesOfFalls(values),
  });
  const advised = linesOfFalls(margin);
  const fixed = (name: LineName, thresholds: Float64Array) => ({ name, thresholds });
  return [
    fixed('advised', advised),
    buffered('buffer', marginsOverTime({ margin }, { kind: 'buffer' })!),
    buffered('stressed', stressedMargins(margin)),
    buffered('floor', marginsOverTime({ margin, longLookback: longFalls(of, from) }, { kind: 'floor' })!),
    fixed('first held', new Float64Array(many).fill(advised[0]!)),
    fixed('SmartLTV', smartLine(of, from)),
    fixed('excursions', excursionLine(of, from)),
    ...Object.entries(of.set).map(([name, values]) => ({ name, thresholds: setLine(of, from, values) })),
  ];
}

/** A quarter of weight on the most that the model had asked for by then: what it asks for in stress, as far as that was known. */
function stressedMargins(margin: readonly number[]): number[] {
  let stressed = 0;
  return margin.map((value) => {
    stressed = Math.max(stressed, value);
    return marginsOverTime({ margin: [value], stressed }, { kind: 'stressed' })![0]!;
  });
}

/** By date, the order statistic of all falls up to it, each as likely: what the longest lookback gives. */
function longFalls({ windows: { logReturns }, terms: { confidence } }: LinesOf, from: number): number[] {
  const sorted = [...logReturns.subarray(0, from)].map((value) => -Math.expm1(value)).sort((a, b) => a - b);
  const found: number[] = [];
  for (let at = from; at < logReturns.length; at++) {
    const rank = Math.min(sorted.length, Math.ceil((sorted.length + 1) * confidence - 1e-9));
    found.push(Math.max(1e-4, sorted[rank - 1]!));
    const fall = -Math.expm1(logReturns[at]!);
    sorted.splice(placeOf(sorted, fall), 0, fall);
  }
  return found;
}

function placeOf(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const DAY = 86_400;
const HOUR = 3_600;

/** SmartLTV with the deviation of as many windows before each date as the advice remembers, as of a day. */
function smartLine(
  { windows, choice, terms: { confidence: level }, smart }: LinesOf,
  from: number,
): Float64Array {
  const { logReturns, horizonSeconds, starts } = windows;
  const { memory } = choiceOf(choice, { horizonSeconds, confidence: level });
  const { confidence, ...terms } = smart;
  const line = new Float64Array(starts.length - from);
  let [sum, squares] = [0, 0];
  for (let at = from - memory; at < starts.length; at++) {
    if (at >= from) {
      const variance = Math.max(0, (squares - (sum * sum) / memory) / (memory - 1));
      const volatility = Math.sqrt((variance * DAY) / horizonSeconds);
      line[at - from] = smartLoanToValue({ ...terms, volatility }, confidence);
      sum -= logReturns[at - memory]!;
      squares -= logReturns[at - memory]! ** 2;
    }
    sum += logReturns[at]!;
    squares += logReturns[at]! ** 2;
  }
  return line;
}

/** Hours that the rule of excursions looks at: a year. */
const EXCURSION_HOURS = 8_760;
/** It is applied anew once in so many days. */
const EXCURSION_DAYS = 7;

/** The rule of one-hour excursions at 99.9 %, over the year before, anew each week; NaN where the table has no hours, or too few. */
function excursionLine({ table, symbol, windows: { starts } }: LinesOf, from: number): Float64Array {
  const line = new Float64Array(starts.length - from).fill(NaN);
  if (!Number.isInteger(HOUR / table.stepSeconds)) return line;
  const hours = windowsOf(table, symbol, HOUR);
  let [next, since, value] = [0, -Infinity, NaN];
  for (let place = 0; place < line.length; place++) {
    const time = starts[from + place]!;
    if (time - since >= EXCURSION_DAYS * DAY || Number.isNaN(value)) {
      // Hours that are over by then.
      while (next < hours.starts.length && hours.starts[next]! + HOUR <= time) next += 1;
      const past = hours.logReturns.subarray(Math.max(0, next - EXCURSION_HOURS), next);
      value = excursionThreshold(past)?.threshold ?? NaN;
      since = time;
    }
    line[place] = value;
  }
  return line;
}

/** What was set at each date: the last that was set by then. */
function setLine({ windows: { starts } }: LinesOf, from: number, set: readonly SetThreshold[]): Float64Array {
  return Float64Array.from(
    starts.slice(from),
    (time) => set.findLast((one) => one.time <= time)?.threshold ?? NaN,
  );
}
