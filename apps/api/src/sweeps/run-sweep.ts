import { pooledSweep, type EnginePool, type PooledSweep, type SharedBook } from '@undertow/engine-pool';
import type { StoredSweep } from '@undertow/store';
import type { IndexRange } from '@undertow/sweep';
import { assert, BadDataError } from '@undertow/units';
import type { SweepSource } from './sweep-source.ts';

/** Work of a chunk on one thread, milliseconds: small against what is lost with one, large against what keeping one takes. */
const CHUNK_MS = 1_000;
/** However fast they are: so many take about 30 MB. */
const MOST_IN_CHUNK = 20_000;
/** Scenarios that are run to see how long one takes. The first ones take longest: what runs them is compiled meanwhile. */
const PROBED = 16;
/** Chunks that are under way at once: while one ends and is kept, threads have the next. */
const AT_ONCE = 2;

/** What running a sweep needs. */
export interface SweepWork {
  readonly pool: EnginePool;
  readonly source: SweepSource;
  readonly signal: AbortSignal;
  /** The book where it is at hand; else it is read. */
  readonly book?: SharedBook | undefined;
  /** Called whenever more of it is kept; aborts the signal when nobody wants the rest any more. */
  readonly tell: () => Promise<void>;
}

/**
 * Runs what is missing of a sweep, chunk by chunk, keeps it, and sums it up. Chunks are ranges of one length from 0 on, so that whoever
 * goes on after this process has ended repeats at most the two that were under way.
 *
 * @throws BadDataError when its book is not kept any more, and the reason of the signal once that is aborted.
 */
export async function runSweep(sweep: StoredSweep, work: SweepWork): Promise<void> {
  const { pool, source, signal, tell } = work;
  const { id, scenarios } = sweep;
  const pooled = await pooledOf(sweep, work);
  const size = sweep.chunkScenarios ?? (await chunkSize(pooled, sweep, work));
  const keptStarts = async () => new Set((await source.ranges(id)).map(({ from }) => from));
  const kept = await keptStarts();
  let missing = rangesOf(scenarios, size).filter(({ from }) => !kept.has(from));
  await source.offer(id, missing);
  const runNext = async (): Promise<void> => {
    // Workers begin with the first.
    for (let range = missing.pop(); range !== undefined; range = missing.pop()) {
      const { chunk } = await pool.sweep(pooled, range, signal);
      await source.keepChunk(id, chunk);
      await tell();
      const now = await keptStarts();
      missing = missing.filter(({ from }) => !now.has(from));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runNext));
  const summary = await pool.sweepSummary(pooled, await source.chunks(id), signal);
  await source.set(id, { state: 'done', summary: JSON.stringify(summary) });
}

/** The book and the plan of a sweep, for threads. */
export async function pooledOf(
  sweep: StoredSweep,
  { book, source }: Pick<SweepWork, 'book' | 'source'>,
): Promise<PooledSweep> {
  const buffer = book?.buffer ?? (await source.book(sweep.bookHash));
  if (buffer === undefined)
    throw new BadDataError(
      `The book ${sweep.bookHash} of this sweep is not kept any more: start it on another block.`,
    );
  return pooledSweep(sweep, buffer);
}

/** How long chunks are, from now on and for whoever goes on with it: the first to say so is right. */
async function chunkSize(
  pooled: PooledSweep,
  { id, scenarios }: StoredSweep,
  { pool, source, signal }: SweepWork,
): Promise<number> {
  const probed = Math.min(PROBED, scenarios);
  const { milliseconds } = await pool.sweep(pooled, { from: 0, to: probed }, signal);
  const fitting = Math.ceil((CHUNK_MS * probed) / milliseconds);
  await source.set(id, { chunkScenarios: Math.min(MOST_IN_CHUNK, Math.max(1, fitting)) });
  const { chunkScenarios } = (await source.find(id))!;
  assert(chunkScenarios !== undefined, 'it was just said how long chunks are');
  return chunkScenarios;
}

/** Ranges of one length, the last as long as is left. */
const rangesOf = (count: number, size: number): IndexRange[] =>
  Array.from({ length: Math.ceil(count / size) }, (_, i) => ({
    from: i * size,
    to: Math.min(count, (i + 1) * size),
  }));
