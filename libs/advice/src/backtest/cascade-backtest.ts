import type { Book } from '@undertow/book';
import {
  historicalPlan,
  jointReturns,
  openPlan,
  type JointReturns,
  type PlanBase,
  type PriceTable,
} from '@undertow/sweep';
import { coverageTests, zoneBounds, zoneOf } from '@undertow/margin';
import { BadDataError } from '@undertow/units';
import { adviseOne } from '../advice/advise-one.ts';
import { parameterKey, type Parameter } from '../parameters/parameter.ts';
import { parametersOf, type ParameterPlace } from '../parameters/parameters-of.ts';
import { candidateOf, type Candidate, type LostAtOnce } from '../search/candidate.ts';
import { toleranceUsd } from '../search/found.ts';
import { withoutAccounts } from '../search/without-market.ts';
import { Trial } from '../search/trial.ts';
import { suppliedUnits } from '../evidence/cross-checks.ts';
import { lossesCounted, type Asked } from '../study/asked.ts';
import { openStudy, type Study } from '../study/study.ts';
import type { BacktestRecord } from './backtest-record.ts';
import { costOfLine } from './line-held.ts';

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

/**
 * Backtests an advice through the cascade: at every date the book of then, the windows that were over by then as scenarios, and the value that
 * `adviseOne` gives; then the moves that came run through the whole cascade under that value. It held where what is counted of the loss is
 * within the tolerance. The expected shortfall beyond a level is within it, so that the loss itself exceeds it in fewer windows than 1 − level: a
 * test that rejects because there are too few exceptions says no more than that.
 *
 * With one book for all dates, owners stand at each date as far from their lines, and markets are as deep, as they are now: prices of that
 * date would move both sides of every ratio alike. The words say so when `bookAt` gives one book.
 *
 * @returns a record `none` that says why where the history is too short, or no date has a value.
 * @throws BadDataError for a parameter that the book does not have, and as `openStudy` and `jointReturns`.
 */
export function cascadeBacktest(of: CascadeBacktestAsked): CascadeBacktest {
  const { table, factors, horizonSeconds, memory, every = 1 } = of;
  const returns = apart(jointReturns(table, { horizonSeconds, wanted: factors }));
  const least = Math.ceil(1 / (1 - of.asked.confidence) - 1e-9);
  if (memory < least)
    throw new BadDataError(
      `${memory} windows cannot tell what happens in the worst of ${least}: take ${least} or more`,
    );
  if (returns.rows.length <= memory)
    return noneOf(
      of,
      `the history has ${returns.rows.length} windows, and the first date takes ${memory} before it`,
    );
  const dates: CascadeDate[] = [];
  const books = new Set<Book>();
  for (let at = memory; at < returns.rows.length; at += every) {
    const time = returns.starts[at]!;
    const book = of.bookAt(time);
    if (!book) continue;
    books.add(book);
    dates.push(dateOf(of, { returns, at, book, time }));
  }
  return { record: recordOf(of, dates, books.size), dates };
}

/** Windows that do not overlap: each begins when the one before is over. */
function apart(returns: JointReturns): JointReturns {
  const kept: number[] = [];
  for (const [at, start] of returns.starts.entries()) {
    const last = kept.at(-1);
    if (last === undefined || start >= returns.starts[last]! + returns.horizonSeconds) kept.push(at);
  }
  return slice(returns, kept);
}

const slice = (returns: JointReturns, places: readonly number[]): JointReturns => ({
  ...returns,
  starts: places.map((at) => returns.starts[at]!),
  rows: places.map((at) => returns.rows[at]!),
});

interface DateOf {
  readonly returns: JointReturns;
  readonly at: number;
  readonly book: Book;
  readonly time: number;
}

function dateOf(of: CascadeBacktestAsked, { returns, at, book, time }: DateOf): CascadeDate {
  const shared = of.policies ? { policies: of.policies } : {};
  const before = Array.from({ length: of.memory }, (_, place) => at - of.memory + place);
  const plan = historicalPlan(slice(returns, before), shared);
  const study = openStudy(book, { ...of.asked, plan, time, horizonSeconds: of.horizonSeconds });
  const place = placeIn(book, of.parameter);
  const advice = adviseOne(study, place);
  const came = openPlan(historicalPlan(slice(returns, [at]), shared), book).scenario(0);
  const lossUnder = (value: number | undefined) => lossOf(study, place, { value, came });
  const advised = advice.advised?.value;
  const under = advised === undefined ? undefined : lossUnder(advised);
  return {
    time,
    advised,
    why: advised === undefined ? advice.words[0] : undefined,
    present: place.current,
    lossUsd: under?.lossUsd,
    presentLossUsd: lossUnder(undefined).lossUsd,
    toleranceUsd: under && toleranceUsd(study.asked, under.debtUsd),
  };
}

function placeIn(book: Book, parameter: Parameter): ParameterPlace {
  const key = parameterKey(parameter);
  const place = parametersOf(book).find((one) => parameterKey(one.parameter) === key);
  if (!place) throw new BadDataError(`the book has no parameter ${key}`);
  return place;
}

/** What the moves that came lose, of what is counted; with the debt that a tolerance may be a share of. */
function lossOf(
  study: Study,
  place: ParameterPlace,
  {
    value,
    came,
  }: {
    readonly value: number | undefined;
    readonly came: ReturnType<ReturnType<typeof openPlan>['scenario']>;
  },
): { readonly lossUsd: number; readonly debtUsd: number } {
  const { asked, book } = study;
  const { kind } = place.parameter;
  const usedUnits =
    kind === 'supplyCap' || kind === 'borrowCap' ? suppliedUnits(study, place).units : undefined;
  const { behaviour = 'keep-health' } = asked;
  const tried: Candidate =
    value === undefined
      ? { book, debtUsd: 0 }
      : candidateOf({ book, place, behaviour, usedUnits, policies: asked.plan?.policies }, value);
  const counted = lossesCounted(asked.tolerance);
  const measured = (lost: LostAtOnce) =>
    counted === 'venue' ? lost.venueLossUsd[place.venueRow]! : lost.lossUsd;
  const run = (on: Book) => new Trial(on, { scenarios: [came], measured }).run([0]).lossUsd[0]!;
  const without = counted === 'added' ? run(withoutAccounts(book, place)) : 0;
  const atOnceUsd = tried.atOnce ? measured(tried.atOnce) : 0;
  return { lossUsd: Math.max(0, atOnceUsd + run(tried.book) - without), debtUsd: tried.debtUsd };
}

const headOf = ({ asked, horizonSeconds, parameter }: CascadeBacktestAsked) => ({
  symbol: parameterKey(parameter),
  confidence: asked.confidence,
  horizonSeconds,
});

const noneOf = (of: CascadeBacktestAsked, why: string): CascadeBacktest => ({
  record: { of: 'none', ...headOf(of), lines: [], words: [`It was not backtested: ${why}.`] },
  dates: [],
});

function recordOf(of: CascadeBacktestAsked, dates: readonly CascadeDate[], books: number): BacktestRecord {
  const advised = dates.filter(({ lossUsd }) => lossUsd !== undefined);
  if (advised.length === 0)
    return noneOf(of, `no date has a value: ${dates[0]?.why ?? 'no date has a book'}`).record;
  const line = (
    name: string,
    value: (date: CascadeDate) => number | undefined,
    loss: (date: CascadeDate) => number,
  ) => lineOf(name, { of, dates: advised.filter((date) => value(date) !== undefined), value, loss });
  const lines = [
    line(
      'advised',
      (date) => date.advised,
      (date) => date.lossUsd!,
    ),
    line(
      'present',
      (date) => date.present,
      (date) => date.presentLossUsd,
    ),
  ].filter((one) => one !== undefined);
  return {
    of: 'cascade',
    ...headOf(of),
    from: advised[0]!.time,
    to: advised.at(-1)!.time + of.horizonSeconds,
    lines,
    words: wordsOf(of, { lines, dates, books }),
  };
}

interface LineOf {
  readonly of: CascadeBacktestAsked;
  readonly dates: readonly CascadeDate[];
  readonly value: (date: CascadeDate) => number | undefined;
  readonly loss: (date: CascadeDate) => number;
}

function lineOf(
  name: string,
  { of, dates, value, loss }: LineOf,
): BacktestRecord['lines'][number] | undefined {
  if (dates.length === 0) return undefined;
  const level = of.asked.confidence;
  const tests = coverageTests(
    dates.map((date) => loss(date) > date.toleranceUsd!),
    { level },
  );
  const { count, exceptions } = tests;
  const cost = costOfLine(dates.map((date) => ({ time: date.time, threshold: value(date)! })));
  return {
    name,
    dates: count,
    exceptions,
    coverage: 1 - exceptions / count,
    kupiecP: tests.proportionOfFailures.pValue,
    independenceP: tests.independence.pValue,
    zone: zoneOf(exceptions, zoneBounds({ count, level })),
    meanThreshold: cost.meanThreshold,
    least: cost.least,
    greatest: cost.greatest,
    largestCut: cost.largestCut,
  };
}

function wordsOf(
  of: CascadeBacktestAsked,
  {
    lines,
    dates,
    books,
  }: {
    readonly lines: BacktestRecord['lines'];
    readonly dates: readonly CascadeDate[];
    readonly books: number;
  },
): string[] {
  const [advised] = lines;
  const without = dates.length - advised!.dates;
  return [
    `Advised through the cascade at ${advised!.dates} dates, each from the ${of.memory} windows before it, ${parameterKey(of.parameter)} kept the loss of the ` +
      `window that came within the tolerance at ${(100 * advised!.coverage).toFixed(1)} % of them: ${advised!.exceptions} exceptions.`,
    ...(without > 0
      ? [`At ${without} dates there was no value to hold: ${dates.find(({ why }) => why !== undefined)!.why}`]
      : []),
    books > 1
      ? `${books} books of their dates were run.`
      : 'One book stands for all dates: owners stood as far from their lines, and markets were as deep, as they are in it.',
    'The tolerance is of the expected shortfall, so that fewer exceptions than one in so many are to be expected.',
  ];
}
