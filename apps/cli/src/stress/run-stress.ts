import type { Book } from '@undertow/book';
import type { EngineKind, Scenario } from '@undertow/cascade';
import { sharedBook, type EnginePool } from '@undertow/engine-pool';
import {
  openReverseStress,
  type MonteCarloPlan,
  type ReverseStress,
  type WholeReproduction,
} from '@undertow/sweep';
import type { BookSource } from '../book-source.ts';
import { asUsageLater, UsageError } from '../explain-error.ts';
import { jsonPieces } from '../json-text.ts';
import { printPieces, printReadable } from '../print.ts';
import { openTablesOrBook } from '../simulate/open-tables-or-book.ts';
import type { PolicyOptions } from '../simulate/scenario-of.ts';
import { planOf, type PlanOptions } from '../sweep/plan-of.ts';
import { INTERRUPTED, stopSignal } from '../stop-signal.ts';
import { terminalWidth } from '../terminal-width.ts';
import { withThreads, type Running } from '../with-threads.ts';
import { reproductionText, reverseText } from './stress-text.ts';
import { stressJson } from './stress-json.ts';
import { stressProgress, type StressProgress } from './stress-progress.ts';

export interface StressOptions extends BookSource, Omit<PlanOptions, 'grid' | 'product' | 'model' | 'count'> {
  readonly reverse?: boolean;
  /** USD. */
  readonly loss?: number;
  readonly venue?: readonly string[];
  readonly eachVenue?: boolean;
  /** Standard deviations. */
  readonly farthest?: number;
  readonly reproduction?: boolean;
  readonly engine?: EngineKind;
  /** Default: one for each core. */
  readonly threads?: number;
  readonly json?: boolean;
  readonly tables?: readonly string[];
}

/** Where the reproduction number of the whole is told: every five per cent down to a half. */
const DROPS = Array.from({ length: 11 }, (_, at) => at / 20);

/**
 * Prints the nearest moves with a loss, or how strongly falls feed themselves, or both. When it is stopped, answers that were found are
 * printed all the same.
 */
export async function runStress(
  options: StressOptions,
  { signal, pool: given }: Running = { signal: stopSignal() },
): Promise<void> {
  const { reverse, reproduction, loss } = options;
  if (!reverse && !reproduction)
    throw new UsageError('Say what to find: give --reverse with --loss <usd>, or --reproduction.');
  if (reverse && loss === undefined)
    throw new UsageError('--reverse needs --loss <usd>: the least loss that counts.');
  if (!reverse) refuseReverseOptions(options);
  const plan = reverse ? await planWith(options) : undefined;
  const { book } = await openTablesOrBook(options);
  const answers: ReverseStress[] = [];
  const points: WholeReproduction[] = [];
  await withThreads({ threads: options.threads, pool: given }, async (pool) => {
    const progress = stressProgress(process.stderr, performance.now());
    const asked = { book, pool, signal, progress };
    try {
      if (plan) await asUsageLater(() => findNearest(answers, plan, { ...options, ...asked }));
      if (reproduction) points.push(...(await reproductionPoints(asked)));
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      progress.end();
    }
  });
  if (answers.length > 0 || points.length > 0 || !signal.aborted)
    await tell(book, { answers, points }, options);
  if (!signal.aborted) return;
  process.stderr.write('Stopped. What was not found yet is not kept: ask again.\n');
  process.exitCode = INTERRUPTED;
}

interface Found {
  readonly answers: readonly ReverseStress[];
  readonly points: readonly WholeReproduction[];
}

async function tell(book: Book, { answers, points }: Found, { json }: StressOptions): Promise<void> {
  if (json) return printPieces(jsonPieces(stressJson(book, { answers, points })));
  const width = terminalWidth();
  const texts = [
    ...answers.map((answer) => reverseText(book, answer, width)),
    ...(points.length > 0 ? [reproductionText(points, width)] : []),
  ];
  await printReadable(texts.join('\n'));
}

function refuseReverseOptions(options: StressOptions): void {
  const names = [
    'loss',
    'venue',
    'eachVenue',
    'prices',
    'plan',
    'seed',
    'farthest',
    'horizon',
    'step',
  ] as const;
  const given = names.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const name = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${name} only changes something with --reverse: leave it out, or add that.`);
}

async function planWith(options: StressOptions): Promise<MonteCarloPlan> {
  const { prices, plan, seed, horizon, step } = options;
  if (prices === undefined && plan === undefined)
    throw new UsageError(
      '--reverse needs to know how prices move together: give --prices <files>, or --plan <file> with a Student-t model.',
    );
  const fromPrices = prices && {
    prices,
    model: 'student-t' as const,
    // Its tails change no distance: this spares estimating them.
    degrees: 5,
    ...(horizon !== undefined && { horizon }),
    ...(step !== undefined && { step }),
  };
  const found = await planOf({
    ...policyOptions(options),
    data: options.data,
    ...(options.chain !== undefined && { chain: options.chain }),
    ...fromPrices,
    ...(plan !== undefined && { plan }),
    ...(plan === undefined && seed !== undefined && { seed }),
  });
  if (found.kind === 'monte-carlo' && found.model.kind === 'student-t') return found;
  throw new UsageError(
    `${plan} has no Student-t model, and so no covariance that distances could be told by.`,
  );
}

function policyOptions({
  liquidators,
  gas,
  capital,
  oracles,
  depositors,
  depth,
  maxRounds,
  volatility,
}: StressOptions): PolicyOptions & Pick<PlanOptions, 'volatility'> {
  const given = { liquidators, gas, capital, oracles, depositors, depth, maxRounds, volatility };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** A book that threads are asked about. */
interface AskedBook {
  readonly book: Book;
  readonly pool: EnginePool;
  readonly signal: AbortSignal;
  readonly progress: StressProgress;
}

/** Adds one answer after the other. */
async function findNearest(
  answers: ReverseStress[],
  plan: MonteCarloPlan,
  options: Omit<StressOptions, 'book'> & AskedBook,
): Promise<void> {
  const { loss, farthest, seed, engine = 'fast', pool, signal, progress } = options;
  const { book } = options;
  const shared = { book: await sharedBook(book), engine };
  const lossesOf = async (scenarios: readonly Scenario[]) => {
    const losses = await pool.losses(shared, scenarios, signal);
    progress.tried(scenarios.length, performance.now());
    return losses;
  };
  const stress = openReverseStress({ book, plan, lossesOf });
  const rows = venuesOf(book, options);
  for (const [at, venue] of rows.entries()) {
    progress.begin(at + 1, rows.length);
    const answer = await stress({
      lossUsd: loss!,
      ...(venue !== undefined && { venue }),
      ...(farthest !== undefined && { greatestDistance: farthest }),
      ...(seed !== undefined && { seed }),
    });
    answers.push(answer);
  }
}

function reproductionPoints({ book, pool, signal, progress }: AskedBook): Promise<WholeReproduction[]> {
  let done = 0;
  const ask = async (drop: number) => {
    const [point] = await pool.wholeReproduction({ book, signal }, [drop]);
    progress.measured(++done, DROPS.length, performance.now());
    return point!;
  };
  return Promise.all(DROPS.map(ask));
}

/** Rows of the venues that are asked for; undefined = all together. */
function venuesOf(
  { venues }: Book,
  { venue = [], eachVenue }: Pick<StressOptions, 'venue' | 'eachVenue'>,
): (number | undefined)[] {
  const rows = venue.map((id) => {
    const row = venues.findIndex((one) => one.id.toLowerCase() === id.toLowerCase());
    if (row !== -1) return row;
    throw new UsageError(`The book has no venue "${id}"; it has ${venues.map((one) => one.id).join(', ')}.`);
  });
  if (eachVenue) return [undefined, ...venues.keys()];
  return rows.length > 0 ? rows : [undefined];
}
