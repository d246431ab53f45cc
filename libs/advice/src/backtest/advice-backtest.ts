import type { PriceTable } from '@undertow/sweep';
import { lineHeld, type LineBacktest } from './line-held.ts';
import {
  choiceOf,
  expectedFalls,
  standaloneThreshold,
  type FallChoice,
  type StandaloneTerms,
} from './standalone-line.ts';
import {
  SMART_CONSTANTS,
  thresholdLines,
  type SetThreshold,
  type SmartConstants,
  type ThresholdLine,
} from './threshold-lines.ts';
import { windowsOf } from './windows.ts';

/** What is backtested: the standalone line of one price of a table. */
export interface BacktestAsked {
  readonly table: PriceTable;
  /** What the price is called in the table. */
  readonly symbol: string;
  readonly terms: StandaloneTerms;
  readonly choice?: FallChoice;
  /** Default: the published ones. */
  readonly smart?: SmartConstants;
  /** By name, thresholds that were set over time, oldest first: held against the same windows. */
  readonly set?: Readonly<Record<string, readonly SetThreshold[]>>;
}

/** What an advice of one price would have been over a history, and whether it held. */
export interface AdviceBacktest {
  readonly kind: 'backtested';
  readonly symbol: string;
  readonly terms: StandaloneTerms;
  readonly choice: Required<FallChoice>;
  readonly smart: SmartConstants;
  /** Unix seconds: the first date with an advice, and the end of the last window. */
  readonly from: number;
  readonly to: number;
  /** Windows without a price at both ends, in the whole history. */
  readonly leftOut: number;
  /** Unix seconds of the dates. */
  readonly times: readonly number[];
  /** Thresholds by date, the advice first. */
  readonly lines: readonly ThresholdLine[];
  /** In the order of the lines; those without a threshold at any date are not in it. */
  readonly held: readonly LineBacktest[];
  /** Names of the lines without a threshold at any date. */
  readonly without: readonly string[];
  /** What would be advised for the window after the last one. */
  readonly present: number;
}

/** A history that nothing can be told from, and why. */
export interface NoBacktest {
  readonly kind: 'no-backtest';
  readonly symbol: string;
  readonly terms: StandaloneTerms;
  readonly why: string;
}

/**
 * Backtests the standalone line of an asset (see `standaloneThreshold`): at the start of each window of the horizon, the threshold that would
 * have been advised from the windows before it, held against that window; beside it what else could have been set. Nothing at a date is
 * made of a price after it. `stressed` puts its weight on the most that was asked for by then; `floor` takes all windows up to then.
 *
 * @returns why there is none where the history is too short, or its price does not move.
 * @throws BadDataError for terms out of their range, a price that the table does not have, and a horizon that is no whole steps of it.
 */
export function adviceBacktest(asked: BacktestAsked): AdviceBacktest | NoBacktest {
  const { table, symbol, terms, choice: chosen = {}, smart = SMART_CONSTANTS, set = {} } = asked;
  const windows = windowsOf(table, symbol, terms.horizonSeconds);
  const none = (why: string): NoBacktest => ({ kind: 'no-backtest', symbol, terms, why });
  const expected = expectedFalls(windows, terms.confidence, chosen);
  if (typeof expected === 'string') return none(expected);
  const { from, falls } = expected;
  if (from === windows.starts.length)
    return none(`the history ends with the first advice: no window of ${symbol} came after it`);
  const choice = choiceOf(chosen, terms);
  const lines = thresholdLines({ table, symbol, windows, terms, choice, smart, set }, { from, falls });
  const held = lines.map((line) => lineHeld(line, { windows, from, terms }));
  const times = windows.starts.slice(from);
  return {
    kind: 'backtested',
    symbol,
    terms,
    choice,
    smart,
    from: times[0]!,
    to: times.at(-1)! + terms.horizonSeconds,
    leftOut: windows.leftOut,
    times,
    lines,
    held: held.filter((one) => one !== undefined),
    without: lines.filter((_, at) => held[at] === undefined).map(({ name }) => name),
    present: standaloneThreshold(Math.min(0.999, falls.at(-1)!), terms),
  };
}
