import { setTimeout as delay } from 'node:timers/promises';
import { pooledSweep, type EnginePool, type PooledSweep } from '@undertow/engine-pool';
import {
  findSweep,
  keepSweepChunk,
  readSweepBook,
  readSweepRanges,
  type ChunkQueue,
  type Store,
  type StoredSweep,
  type TakenTask,
} from '@undertow/store';
import { BadDataError } from '@undertow/units';
import { LRUCache } from 'lru-cache';

/** What a worker works with. */
export interface WorkerParts {
  readonly store: Store;
  readonly queue: ChunkQueue;
  readonly pool: EnginePool;
  readonly signal: AbortSignal;
  /** Gets failures, for the log. */
  readonly report: (cause: unknown) => void;
}

/** Between two looks at a queue that was empty. */
const IDLE_MS = 500;
/** Books at hand: sweeps of one book come together. */
const BOOKS_KEPT = 2;

/**
 * Takes tasks until the signal ends it: runs each on the threads of the pool, keeps its results, and says that it is done. No
 * transaction is open meanwhile. What fails is given back, and told.
 */
export async function takeChunks(parts: WorkerParts): Promise<void> {
  const { queue, signal, report } = parts;
  const books = new LRUCache<string, SharedArrayBuffer>({ max: BOOKS_KEPT });
  while (!signal.aborted) {
    try {
      const task = await queue.take();
      if (task) await doTask(task, parts, books);
      else await delay(IDLE_MS, undefined, { signal });
    } catch (cause) {
      if (signal.aborted) return;
      report(cause);
      await delay(IDLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function doTask(
  task: TakenTask,
  { store, pool, signal }: WorkerParts,
  books: LRUCache<string, SharedArrayBuffer>,
): Promise<void> {
  try {
    const sweep = await findSweep(store, task.sweep);
    if (sweep?.state === 'running' && !(await isKept(store, task))) {
      const pooled = await pooledOf(store, sweep, books);
      const { chunk } = await pool.sweep(pooled, task, signal);
      await keepSweepChunk(store, task.sweep, chunk);
    }
    await task.done();
  } catch (cause) {
    await task.failed((cause as Error).message).catch(() => undefined);
    throw cause;
  }
}

const isKept = async (store: Store, { sweep, from }: TakenTask): Promise<boolean> =>
  (await readSweepRanges(store, sweep)).some((kept) => kept.from === from);

async function pooledOf(
  store: Store,
  sweep: StoredSweep,
  books: LRUCache<string, SharedArrayBuffer>,
): Promise<PooledSweep> {
  const { bookHash } = sweep;
  const buffer = books.get(bookHash) ?? (await readSweepBook(store, bookHash));
  if (buffer === undefined) throw new BadDataError(`the book ${bookHash} of the sweep is not kept any more`);
  books.set(bookHash, buffer);
  return pooledSweep(sweep, buffer);
}
