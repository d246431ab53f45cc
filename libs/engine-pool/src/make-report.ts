import { TAIL_LEVEL, type ReportQuestion } from '@undertow/report';
import { isSample, TAIL_ACCOUNTS, type SweepChunk } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import { advise } from './advise.ts';
import type { PooledBook, PooledSweep } from './asked.ts';
import type { MadeReport, ReportItem } from './do-report.ts';
import type { EnginePool } from './engine-pool.ts';
import { sharedPlan } from './shared-plan.ts';
import { sharedQuestion } from './shared-question.ts';

/** How far a report is: what is run for it first, where there is something, then the report itself. */
export interface ReportProgress {
  readonly stage: 'steps' | 'scenarios' | 'tail' | 'parameters' | 'report';
  readonly done: number;
  readonly all: number;
}

/** What a report is asked for with. */
export interface ReportWanted extends Pick<
  ReportItem,
  'question' | 'blockHash' | 'software' | 'assumptions'
> {
  /** All results of its sweep, where that was run before. */
  readonly chunks?: readonly SweepChunk[] | undefined;
}

export interface ReportRunning {
  readonly signal?: AbortSignal | undefined;
  readonly told?: ((progress: ReportProgress) => void) | undefined;
}

/** A sweep of a report is run in so many ranges, so that somebody who waits sees how far it is. */
const RANGES = 50;
/** Ranges that are under way at once: while one ends, threads have the next. */
const LANES = 2;

type Question<K extends ReportQuestion['kind']> = Extract<ReportQuestion, { readonly kind: K }>;

/**
 * A report, made on threads: the same bytes, for any number of threads, as the functions of libs/report give alone.
 *
 * @throws BadDataError for what the book lacks; the reason of the signal once that is aborted.
 */
export async function makeReport(
  pool: EnginePool,
  of: PooledBook,
  { chunks, ...item }: ReportWanted,
  running: ReportRunning = {},
): Promise<MadeReport> {
  const { question } = item;
  const last = (sweep: PooledBook | PooledSweep, rest: Partial<ReportItem>) => {
    running.told?.({ stage: 'report', done: 0, all: 1 });
    return pool.report(sweep, { ...item, ...rest }, running.signal);
  };
  if (question.kind === 'proposal')
    return last(of, { advised: await advised(pool, { of, question }, running) });
  if (question.kind === 'state') {
    const told = (done: number, all: number) => running.told?.({ stage: 'steps', done, all });
    return last(of, { ran: await pool.stateRuns(of, question, { signal: running.signal, told }) });
  }
  if (question.kind !== 'sweep') return last(of, {});
  const sweep: PooledSweep = { ...of, engine: question.engine, plan: sharedPlan(question.plan) };
  const swept = chunks ?? (await sweptChunks(pool, sweep, running));
  if (!isSample(question.plan)) return last(sweep, { chunks: swept });
  running.told?.({ stage: 'tail', done: 0, all: 1 });
  // As many are run again as are the tail: who asked for the sweep has said how many that may be.
  const wanted = { chunks: swept, level: TAIL_LEVEL, accounts: TAIL_ACCOUNTS, most: Infinity };
  const tail = await pool.tailMeasures(sweep, wanted, running.signal);
  return last(sweep, { chunks: swept, tail });
}

async function sweptChunks(
  pool: EnginePool,
  sweep: PooledSweep,
  { signal, told }: ReportRunning,
): Promise<readonly SweepChunk[]> {
  const { count } = sweep.plan;
  const size = Math.max(1, Math.ceil(count / RANGES));
  const chunks: SweepChunk[] = [];
  let [next, done] = [0, 0];
  told?.({ stage: 'scenarios', done, all: count });
  const runNext = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next = Math.min(count, from + size);
      const range = { from, to: next };
      const { chunk } = await pool.sweep(sweep, range, signal);
      chunks.push(chunk);
      done += range.to - from;
      told?.({ stage: 'scenarios', done, all: count });
    }
  };
  await Promise.all(Array.from({ length: LANES }, runNext));
  return chunks;
}

/** The advices of a proposal, of the parameters that `advicesOf` would advise. */
async function advised(
  pool: EnginePool,
  { of, question }: { readonly of: PooledBook; readonly question: Question<'proposal'> },
  { signal, told }: ReportRunning,
) {
  const { asked, venues, parameters } = question;
  const pooled = { book: of.book, block: of.block ?? 0, question: sharedQuestion({ asked }) };
  const [found] = await pool.adviceWork('advicePlaces', pooled, { items: [{}], signal });
  const { places } = found!;
  const known = new Set(places.map(({ parameter }) => parameter.venue));
  const unknown = venues?.find((venue) => !known.has(venue));
  if (unknown !== undefined)
    throw new BadDataError(
      `there is nothing to advise at a venue "${unknown}"; there is at ${[...known].join(', ')}`,
    );
  const wanted = places.filter(
    ({ parameter, absent }) =>
      absent === undefined &&
      (venues === null || venues.includes(parameter.venue)) &&
      (parameters === null || parameters.includes(parameter.kind)),
  );
  if (wanted.length === 0)
    throw new BadDataError('there is no such parameter at these venues: name other venues or parameters');
  return advise(pool, pooled, {
    wanted: { parameters: wanted.map(({ parameter }) => parameter) },
    signal,
    told,
  });
}
