import { availableParallelism } from 'node:os';
import { EnginePool } from '@undertow/engine-pool';
import { openChunkQueue, openStore } from '@undertow/store';
import { ConfigError } from '@undertow/units';
import { pino } from 'pino';
import { prettifyError, z } from 'zod';
import { takeChunks } from './take-chunks.ts';

const log = pino({ name: 'worker', level: process.env['UNDERTOW_LOG_LEVEL'] ?? 'info' });

const environment = z.object({
  /** Connection string of the PostgreSQL that the API uses. */
  DATABASE_URL: z.string().min(1),
  /** Threads that run scenarios; by default one for each core. */
  UNDERTOW_THREADS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  /** Seconds after which what a worker took and did not end is given to another. */
  UNDERTOW_LEASE_SECONDS: z.coerce.number().int().min(1).max(3_600).default(120),
});

try {
  const parsed = environment.safeParse(process.env);
  if (!parsed.success)
    throw new ConfigError(`The worker is configured wrongly:\n${prettifyError(parsed.error)}`);
  const { DATABASE_URL: url, UNDERTOW_THREADS: threads, UNDERTOW_LEASE_SECONDS: leaseSeconds } = parsed.data;
  const report = (err: unknown): void => log.error({ err }, 'a range of a sweep could not be run');
  const store = await openStore(url);
  const queue = await openChunkQueue(url, { leaseSeconds, report });
  const pool = new EnginePool({ threads });
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new Error('the worker is being stopped'));
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, stop);
  process.send?.({ type: 'ready' });
  log.info({ threads }, 'ready');
  await takeChunks({ store, queue, pool, signal: stopping.signal, report });
  await pool.close();
  await queue.close();
  await store.close();
  process.exit(0);
} catch (err) {
  log.fatal({ err }, 'the worker could not start');
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
