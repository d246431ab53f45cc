import { PgBoss } from 'pg-boss';
import { explained } from '../store-error.ts';
import type { ChunkRange } from './sweep-chunk.ts';

/** A range of a sweep that somebody is to run. */
export interface ChunkTask extends ChunkRange {
  readonly sweep: string;
}

/** A task that is ours until its lease ends. */
export interface TakenTask extends ChunkTask {
  /** It is done, and its results are kept. */
  done(): Promise<void>;
  /** It is given back; after several times for good. */
  failed(reason: string): Promise<void>;
}

/**
 * Ranges of sweeps that wait for a worker, in the database (pg-boss). What a worker that was killed had taken is given to another
 * once its lease is over. Nothing here is truth: that is what `keepSweepChunk` has kept, so that a task may be offered, and done, twice.
 */
export interface ChunkQueue {
  offer(tasks: readonly ChunkTask[]): Promise<void>;
  /** The next one; undefined when none waits now. */
  take(): Promise<TakenTask | undefined>;
  close(): Promise<void>;
}

export interface ChunkQueueOptions {
  /** After so long a task that was taken is given to another. Default 120: far more than a chunk takes. */
  readonly leaseSeconds?: number;
  /** Gets failures between two calls. */
  readonly report: (cause: unknown) => void;
}

const QUEUE = 'sweep-chunk';
const DEFAULT_LEASE_SECONDS = 120;
/** So often a task is given to somebody before it stays undone: each time a worker was lost, or failed. */
const TRIES = 5;
/** Tasks that are over are forgotten after an hour. */
const FORGOTTEN_SECONDS = 3_600;

/** Opens the queue of a database; its tables are made in a schema of their own, where they are not there. */
export async function openChunkQueue(
  connectionString: string,
  { leaseSeconds = DEFAULT_LEASE_SECONDS, report }: ChunkQueueOptions,
): Promise<ChunkQueue> {
  const boss = new PgBoss({
    connectionString,
    ...{ application_name: 'undertow queue', max: 2 },
    // Whoever finds nothing to take looks after leases; there are no schedules.
    ...{ supervise: false, schedule: false, monitorIntervalSeconds: 1 },
  });
  boss.on('error', report);
  await explained('opening the queue of sweeps', async () => {
    await boss.start();
    await boss.createQueue(QUEUE, {
      ...{ expireInSeconds: leaseSeconds, retryLimit: TRIES, deleteAfterSeconds: FORGOTTEN_SECONDS },
    });
    await boss.updateQueue(QUEUE, { expireInSeconds: leaseSeconds });
  });
  const fetched = async (): Promise<TakenTask | undefined> => {
    const [job] = await boss.fetch<ChunkTask>(QUEUE, { batchSize: 1 });
    return (
      job && {
        ...job.data,
        done: () => explained('ending a task', async () => void (await boss.complete(QUEUE, job.id))),
        failed: (reason) =>
          explained('giving a task back', async () => void (await boss.fail(QUEUE, job.id, { reason }))),
      }
    );
  };
  return {
    offer: (tasks) =>
      explained('offering a sweep to workers', async () => {
        await boss.insert(
          QUEUE,
          tasks.map((data) => ({ data })),
        );
      }),
    take: () =>
      explained('taking a task', async () => {
        const taken = await fetched();
        if (taken) return taken;
        await boss.supervise(QUEUE);
        return fetched();
      }),
    close: () => boss.stop({ graceful: false }),
  };
}
