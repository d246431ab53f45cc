import {
  forumPost,
  PARAMETER_KINDS,
  withCascadeBacktest,
  type Advice,
  type AdviceMadeOf,
  type Asked,
  type ParameterKind,
  type PathAsked,
} from '@undertow/advice';
import { parseOverride, type Book, type TermsOverride } from '@undertow/book';
import {
  advise,
  backtested,
  judge,
  sharedBook,
  sharedPrices,
  sharedQuestion,
  type AdviceProgress,
  type AdviceWanted,
  type EnginePool,
  type PooledAdvice,
} from '@undertow/engine-pool';
import { priceTable, type PriceRow } from '@undertow/sweep';
import { readBookFile, type BookSource } from '../book-source.ts';
import { asUsage, asUsageLater, UsageError } from '../explain-error.ts';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { openTablesOrBook } from '../simulate/open-tables-or-book.ts';
import { INTERRUPTED, stopSignal } from '../stop-signal.ts';
import { DAY, HOUR } from '../sweep/plan-of.ts';
import { sweepProgress } from '../sweep/sweep-progress.ts';
import { terminalWidth } from '../terminal-width.ts';
import { withThreads, type Running } from '../with-threads.ts';
import { advicesText } from './advice-text.ts';
import { askedAndPricesOf, type AskedOptions } from './asked-of.ts';
import { backtestsOf, type ToldBacktest } from './backtests-of.ts';
import { calldataOf } from './calldata.ts';
import { judgementText } from './judgement-text.ts';
import { limitsOf } from './limits-of.ts';
import { movedSince } from './since-of.ts';

export interface AdviseOptions extends BookSource, AskedOptions {
  readonly venue?: string;
  readonly asset?: string;
  readonly market?: string;
  /** Names of `PARAMETER_KINDS`. */
  readonly parameter?: readonly string[];
  /** A preset or a file. */
  readonly limits?: string;
  /** Unix seconds. */
  readonly start?: number;
  /** Changes to judge instead, see `parseOverride`. */
  readonly set?: readonly string[];
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly calldata?: boolean;
  /** Whether advised thresholds are held against the prices of the past. */
  readonly backtest?: boolean;
  /** At so many dates of the past the advice itself is made and held, through whole cascades. */
  readonly backtestCascade?: number;
  /** A file of an earlier book: what moved since then is told, input by input. */
  readonly since?: string;
  /** The signature of a generic target of the calldata. */
  readonly call?: string;
  readonly threads?: number;
  /** As of `simulate`. */
  readonly tables?: readonly string[];
}

/** Advises parameters, or judges changes that were typed, and prints what came of it. Nothing is sent anywhere. */
export async function runAdvise(
  options: AdviseOptions,
  { signal, pool: given }: Running = { signal: stopSignal() },
): Promise<void> {
  refuseUnfit(options);
  const { asset, market, parameter, set } = options;
  const isNamed = [asset, market, parameter, set].some((one) => one !== undefined);
  const { asked, rows } = await askedAndPricesOf(options, isNamed);
  const limits = options.limits === undefined ? undefined : limitsOf(options.limits);
  const { book } = await openTablesOrBook(options);
  const before = await madeBefore(options, { book, isNamed });
  const path: PathAsked | undefined = limits && { limits, start: options.start ?? book.time };
  const overrides = asUsage(() => (options.set ?? []).map((text) => parseOverride(book, text)));
  const of = { book: await sharedBook(book), question: sharedQuestion({ asked, path }) };
  await withThreads({ threads: options.threads, pool: given }, async (pool) => {
    try {
      await asUsageLater(() => tell(options, { book, asked, rows, of, overrides, before, pool, signal }));
    } catch (error) {
      if (!signal.aborted) throw error;
      process.stderr.write('Stopped: an advice is told when all of it is known.\n');
      process.exitCode = INTERRUPTED;
    }
  });
}

interface Telling {
  readonly book: Book;
  readonly asked: Asked;
  /** Prices of the past that the plan was made of. */
  readonly rows: readonly PriceRow[];
  readonly of: PooledAdvice;
  readonly overrides: readonly TermsOverride[];
  /** What advices of an earlier book would have been made of, where that is asked for. */
  readonly before: AdviceMadeOf | undefined;
  readonly pool: EnginePool;
  readonly signal: AbortSignal;
}

async function tell(options: AdviseOptions, told: Telling): Promise<void> {
  const { book, of, overrides, pool, signal } = told;
  if (overrides.length > 0) {
    const judgement = await withProgress((told) => judge(pool, of, { overrides, signal, told }));
    if (options.json) return printPieces(jsonPieces(judgement));
    return printReadable(judgementText(book, judgement, terminalWidth()));
  }
  const { venue, asset, market = asset, parameter } = options;
  const kinds = parameter?.map(kindNamed);
  const wanted = { venue, market, kinds };
  const advised = await withProgress((told) => advise(pool, of, { wanted, signal, told }));
  const backtests: readonly ToldBacktest[] = options.backtest
    ? backtestsOf(told, advised.advices, options)
    : [];
  const held = options.backtest ? backtests.map(({ advice }) => advice) : advised.advices;
  const cascaded = await throughCascades(options, told, held);
  const advices = await sinceBefore(told, wanted, cascaded);
  if (options.json) return printPieces(jsonPieces({ ...advised, advices }));
  if (options.calldata) return printPieces(jsonPieces(calldataOf(book, advices, options.call)));
  if (options.markdown) return printReadable(forumPost({ ...advised, advices, time: book.time }));
  return printReadable(advicesText({ book, ...advised, advices, backtests }, terminalWidth()));
}

/** What the question would have been made of at the time of an earlier book. */
async function madeBefore(
  options: AdviseOptions,
  { book, isNamed }: { readonly book: Book; readonly isNamed: boolean },
): Promise<AdviceMadeOf | undefined> {
  if (options.since === undefined) return undefined;
  const earlier = readBookFile(options.since);
  if (earlier.chainId !== book.chainId || earlier.time > book.time)
    throw new UsageError(
      `${options.since} is of chain ${earlier.chainId} at block ${earlier.block}: --since takes an earlier book of the same chain.`,
    );
  const { asked } = await askedAndPricesOf(options, isNamed, earlier.time);
  return { book: earlier, asked };
}

/** Advices that also say what moved them, where an earlier book is named. */
async function sinceBefore(
  { before, book, asked, pool, signal }: Telling,
  wanted: AdviceWanted,
  advices: readonly Advice[],
): Promise<readonly Advice[]> {
  if (!before) return advices;
  const after = { book, asked };
  return withProgress((told) => movedSince(pool, advices, { before, after, wanted, signal, told }));
}

/** Advices that also carry themselves at dates of the past, where that is asked for. */
async function throughCascades(
  { backtestCascade: dates, prices = [], step = HOUR, horizon = DAY }: AdviseOptions,
  { rows, of, pool, signal }: Telling,
  advices: readonly Advice[],
): Promise<readonly Advice[]> {
  if (dates === undefined) return advices;
  const past = {
    ...{ prices: sharedPrices(priceTable(rows, step)), horizonSeconds: horizon },
    source: prices.join(', '),
  };
  const progress = sweepProgress(process.stderr, { startedMs: performance.now(), what: 'dates' });
  try {
    const told = (done: number, all: number) => progress.tell(done, all, performance.now());
    const found = await backtested(pool, of, { advices, past, dates, signal, told });
    return found.map((one, at) =>
      one.cascadeBacktest ? withCascadeBacktest(advices[at]!, { record: one.cascadeBacktest }) : advices[at]!,
    );
  } finally {
    progress.end();
  }
}

function kindNamed(name: string): ParameterKind {
  const kind = PARAMETER_KINDS.find((one) => one === name);
  if (kind) return kind;
  throw new UsageError(`There is no parameter ${name}; there are ${PARAMETER_KINDS.join(', ')}.`);
}

type Staged = Pick<AdviceProgress, 'done' | 'all'> & { readonly stage: string };

/** Does work that tells how far it is, by a bar for each of its stages. */
async function withProgress<Result>(
  work: (told: (progress: Staged) => void) => Promise<Result>,
): Promise<Result> {
  const bar = (what: string) => sweepProgress(process.stderr, { startedMs: performance.now(), what });
  let [stage, progress] = ['scenarios', bar('scenarios')];
  try {
    return await work(({ stage: now, done, all }) => {
      if (now !== stage) {
        progress.end();
        [stage, progress] = [now, bar(now)];
      }
      progress.tell(done, all, performance.now());
    });
  } finally {
    progress.end();
  }
}

function refuseUnfit({
  json,
  markdown,
  calldata,
  call,
  set = [],
  since,
  asset,
  market,
  limits,
  start,
  backtest,
  backtestCascade,
  parameter,
  prices,
}: AdviseOptions) {
  if ([json, markdown, calldata].filter((one) => one === true).length > 1)
    throw new UsageError('Give one of --json, --markdown and --calldata.');
  if (call !== undefined && !calldata)
    throw new UsageError('--call only changes something with --calldata: leave it out, or add that.');
  if (start !== undefined && limits === undefined)
    throw new UsageError('--start only changes something with --limits: leave it out, or add that.');
  if (asset !== undefined && market !== undefined)
    throw new UsageError('--asset and --market mean the same: give one of them.');
  if (backtest && prices === undefined)
    throw new UsageError('--backtest goes over prices of the past: add --prices.');
  if (backtest && (calldata === true || set.length > 0))
    throw new UsageError('--backtest is of advices: leave out --calldata and --set, or leave it out.');
  if (since !== undefined && (calldata === true || set.length > 0))
    throw new UsageError('--since is of advices: leave out --calldata and --set, or leave it out.');
  if (backtestCascade !== undefined) refuseUnfitCascade({ prices, calldata, set, parameter });
  if (set.length > 0 && (markdown === true || calldata === true || limits !== undefined))
    throw new UsageError('--set judges a change: leave out --markdown, --calldata and --limits.');
}

function refuseUnfitCascade({
  prices,
  calldata,
  set = [],
  parameter,
}: { readonly [Key in 'prices' | 'calldata' | 'set' | 'parameter']: AdviseOptions[Key] | undefined }) {
  if (prices === undefined)
    throw new UsageError('--backtest-cascade goes over prices of the past: add --prices.');
  if (calldata === true || set.length > 0)
    throw new UsageError(
      '--backtest-cascade is of advices: leave out --calldata and --set, or leave it out.',
    );
  if (parameter === undefined)
    throw new UsageError(
      '--backtest-cascade makes an advice at every date: name which with --parameter, and --asset or --venue.',
    );
}
