import type { EnginePool, PooledSweep } from '@undertow/engine-pool';
import type { IndexRange, SweepTable } from '@undertow/sweep';

/** How long a chunk is to take: shorter than anybody waits after Ctrl-C. */
const CHUNK_MS = 300;
const MOST_AT_ONCE = 16_384;
/** Chunks that are under way at once: while one ends and is put into the table, threads have the next. */
const LANES = 2;

/** What is to be run. */
export interface ChunkRun {
  readonly pool: EnginePool;
  readonly sweep: PooledSweep;
  readonly table: SweepTable;
  readonly signal: AbortSignal;
  readonly told: (done: number, all: number) => void;
}

/** Runs what is missing of a sweep, chunk by chunk, until it is whole or somebody stops it: chunks that run then still end. */
export async function runChunks({ pool, sweep, table, signal, told }: ChunkRun): Promise<void> {
  const left = table.missing();
  // One scenario for every thread, at least.
  let size = pool.threads;
  const next = (): IndexRange | undefined => {
    const [range] = left;
    if (range === undefined || signal.aborted) return undefined;
    const { from } = range;
    const to = Math.min(range.to, from + size);
    if (to === range.to) left.shift();
    else left[0] = { from: to, to: range.to };
    return { from, to };
  };
  const runNext = async (): Promise<void> => {
    for (let range = next(); range !== undefined; range = next()) {
      const started = performance.now();
      const { chunk } = await pool.sweep(sweep, range).catch((error: unknown) => {
        left.length = 0;
        throw error;
      });
      table.putChunk(chunk);
      const tookMs = performance.now() - started;
      if (tookMs < CHUNK_MS / 2) size = Math.min(MOST_AT_ONCE, size * 2);
      if (tookMs > CHUNK_MS * 2) size = Math.max(pool.threads, Math.floor(size / 2));
      told(table.done, table.shape.count);
    }
  };
  // What another lane has under way when one fails is kept too.
  const lanes = await Promise.allSettled(Array.from({ length: LANES }, runNext));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
}
