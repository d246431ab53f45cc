import type { Book } from '@undertow/book';
import { historicalPlan, jointReturns, openPlan, type JointReturns } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { adviseOne } from '../advice/advise-one.ts';
import { parameterKey, type Parameter } from '../parameters/parameter.ts';
import { parametersOf, type ParameterPlace } from '../parameters/parameters-of.ts';
import { candidateOf, type Candidate, type LostAtOnce } from '../search/candidate.ts';
import { toleranceUsd } from '../search/found.ts';
import { withoutAccounts } from '../search/without-market.ts';
import { Trial } from '../search/trial.ts';
import { suppliedUnits } from '../evidence/cross-checks.ts';
import { lossesCounted } from '../study/asked.ts';
import type { GivenName } from '../study/given-input.ts';
import { openStudy, type Study } from '../study/study.ts';
import type { CascadeBacktest, CascadeBacktestAsked, CascadeDate } from './cascade-asked.ts';
import { noneOf, recordOf } from './cascade-record.ts';

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
  const { every = 1 } = of;
  const { returns, why } = windowsBefore(of);
  if (why !== undefined) return noneOf(of, why);
  const dates: CascadeDate[] = [];
  const books = new Set<Book>();
  for (let at = of.memory; at < returns.rows.length; at += every) {
    const time = returns.starts[at]!;
    const book = of.bookAt(time);
    if (!book) continue;
    books.add(book);
    dates.push(dateOf(of, { returns, at, book, time }));
  }
  return { record: recordOf(of, dates, books.size), dates };
}

/** What a cascade backtest on one book for all dates is asked for. */
export type CascadeOnBook = Omit<CascadeBacktestAsked, 'memory' | 'every' | 'bookAt' | 'parameter'> & {
  /** As many dates at most, the same time apart, up to the last window. */
  readonly most: number;
};

/** The dates of a cascade backtest, each of which can be run by itself. */
export interface CascadeDates {
  readonly memory: number;
  /** Places of the windows that come, rising; none where `why` says so. */
  readonly places: readonly number[];
  readonly why?: string;
}

/** Windows that a date's scenarios are at most, where the history has enough: about a year of days. */
const MOST_MEMORY = 250;

/**
 * The dates at which an advice is made and held, of a history of prices: its scenarios at each are half of the windows there are, at least as
 * many as the confidence needs and at most 250.
 *
 * @throws BadDataError as `jointReturns`.
 */
export function cascadeDates(of: CascadeOnBook): CascadeDates {
  const { rows } = apart(jointReturns(of.table, { horizonSeconds: of.horizonSeconds, wanted: of.factors }));
  const least = leastMemory(of.asked.confidence);
  const memory = Math.max(least, Math.min(MOST_MEMORY, Math.floor(rows.length / 2)));
  const why = tooShort(rows.length, memory);
  if (why !== undefined) return { memory, places: [], why };
  const every = Math.ceil((rows.length - memory) / of.most);
  const places: number[] = [];
  for (let at = rows.length - 1; at >= memory; at -= every) places.unshift(at);
  return { memory, places };
}

/** One of `cascadeDates`, of one parameter: a pure function, so that any number of threads can each take some. */
export function cascadeDateAt(
  of: CascadeOnBook & { readonly memory: number; readonly parameter: Parameter },
  { book, at }: { readonly book: Book; readonly at: number },
): CascadeDate {
  const asked = { ...of, bookAt: () => book };
  const { returns } = windowsBefore(asked);
  return dateOf(asked, { returns, at, book, time: returns.starts[at]! });
}

/** What all dates of a parameter on one book come to; a record `none` that says why where there are none. */
export function cascadeRecord(
  of: Pick<CascadeOnBook, 'asked' | 'horizonSeconds'> & { readonly parameter: Parameter },
  { memory, why }: Pick<CascadeDates, 'memory' | 'why'>,
  dates: readonly CascadeDate[],
): CascadeBacktest {
  if (why !== undefined) return noneOf(of, why);
  return { record: recordOf({ ...of, memory }, dates, 1), dates };
}

const leastMemory = (confidence: number) => Math.ceil(1 / (1 - confidence) - 1e-9);

const tooShort = (windows: number, memory: number): string | undefined =>
  windows > memory
    ? undefined
    : `the history has ${windows} windows, and the first date takes ${memory} before it`;

/** The windows of a history that do not overlap, or why they are too few. */
function windowsBefore({ table, factors, horizonSeconds, memory, asked }: CascadeBacktestAsked): {
  readonly returns: JointReturns;
  readonly why: string | undefined;
} {
  const returns = apart(jointReturns(table, { horizonSeconds, wanted: factors }));
  const least = leastMemory(asked.confidence);
  if (memory < least)
    throw new BadDataError(
      `${memory} windows cannot tell what happens in the worst of ${least}: take ${least} or more`,
    );
  return { returns, why: tooShort(returns.rows.length, memory) };
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

/** What was measured of prices up to now is not known at a date before. */
const MEASURED: readonly GivenName[] = ['realised-volatility', 'implied-volatility', 'hourly-returns'];

function dateOf(of: CascadeBacktestAsked, { returns, at, book, time }: DateOf): CascadeDate {
  const shared = of.policies ? { policies: of.policies } : {};
  const before = Array.from({ length: of.memory }, (_, place) => at - of.memory + place);
  const plan = historicalPlan(slice(returns, before), shared);
  const given = of.asked.given?.filter(({ name }) => !MEASURED.includes(name));
  const asked = { ...of.asked, ...(given && { given }) };
  const study = openStudy(book, { ...asked, plan, time, horizonSeconds: of.horizonSeconds });
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
