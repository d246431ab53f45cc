import type { Book } from '@undertow/book';
import type { PlanBase, PriceTable } from '@undertow/sweep';
import type { Parameter } from '../parameters/parameter.ts';
import type { Asked } from '../study/asked.ts';
import type { BacktestRecord } from './backtest-record.ts';

/** What is backtested: one parameter's advice through the cascade, again and again. */
export interface CascadeBacktestAsked {
  /** Prices of what moves, by the names of the book's references or assets. */
  readonly table: PriceTable;
  readonly factors: readonly string[];
  readonly horizonSeconds: number;
  /** Windows before a date that its scenarios are: at least 1 ÷ (1 − confidence). */
  readonly memory: number;
  /** An advice is made at every so many-th window. Default 1. */
  readonly every?: number;
  readonly parameter: Parameter;
  /** As of one advice; the plan is made of the windows before each date. */
  readonly asked: Omit<Asked, 'plan' | 'time' | 'horizonSeconds'>;
  /** Which policies the scenarios have. */
  readonly policies?: PlanBase['policies'];
  /** The book of a date, unix seconds; undefined where there is none, and the date is then left out. */
  readonly bookAt: (time: number) => Book | undefined;
}

/** What was advised at a date, and what the window that came lost under it. */
export interface CascadeDate {
  readonly time: number;
  /** Undefined where there was no value: what the advice said instead is in `why`. */
  readonly advised: number | undefined;
  readonly why: string | undefined;
  readonly present: number | undefined;
  /** USD, in the moves that came, under the advised value with owners who behave as asked, and under the present one. */
  readonly lossUsd: number | undefined;
  readonly presentLossUsd: number;
  readonly toleranceUsd: number | undefined;
}

export interface CascadeBacktest {
  readonly record: BacktestRecord;
  readonly dates: readonly CascadeDate[];
}
