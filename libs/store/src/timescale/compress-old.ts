import type { PoolClient } from 'pg';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { timescaleOf } from './state.ts';

/** What is younger than this before a chain's head is never compressed: reorganisations and late facts touch it. */
const LIVE_SECONDS = 7 * 86_400;

/** Waiting longer for a chunk would make readers and writers wait behind us: it is left for the next time. */
const LOCK_MS = 500;

/**
 * Compresses chunks of facts, aggregates and measures that no chain is near any more, each in a transaction of its own. What
 * is near is told by the chains' own clocks: the server's may be years ahead of them. Does nothing on plain PostgreSQL.
 *
 * @returns how many chunks were compressed.
 */
export async function compressOld(store: Store): Promise<number> {
  const timescale = await timescaleOf(store);
  if (timescale === undefined) return 0;
  return explained('compressing old chunks', async () => {
    const client = await store.pool.connect();
    client.on('error', () => undefined);
    let broken = true;
    try {
      // Truncating a chunk that somebody reads would wait for them, and all others behind us.
      await client.query(
        `SELECT set_config('timescaledb.compress_truncate_behaviour', 'truncate_or_delete', false),
           set_config('lock_timeout', '${LOCK_MS}', false)`,
      );
      let compressed = 0;
      for (const chunk of await oldChunks(client)) {
        if (await compress(client, timescale.schema, chunk)) compressed++;
      }
      await client.query('RESET timescaledb.compress_truncate_behaviour; RESET lock_timeout');
      broken = false;
      return compressed;
    } finally {
      client.release(broken);
    }
  });
}

/** Quoted names of chunks that hold what is long past for every chain that has been there, the oldest first. */
async function oldChunks(client: PoolClient): Promise<readonly string[]> {
  const { rows } = await client.query<{ chunk: string }>(
    `SELECT format('%I.%I', chunk_schema, chunk_name) AS chunk FROM timescaledb_information.chunks AS chunk
     WHERE NOT is_compressed
       AND format('%I.%I', hypertable_schema, hypertable_name)::regclass IN (
         SELECT hypertable FROM timescaledb_information.hypertable_columnstore_settings)
       AND EXISTS (SELECT FROM checkpoint WHERE chunk.range_end <= time - make_interval(secs => $1))
       AND NOT EXISTS (SELECT FROM checkpoint
         WHERE chunk.range_end > time - make_interval(secs => $1) AND chunk.range_start <= time)
     ORDER BY range_start, 1`,
    [LIVE_SECONDS],
  );
  return rows.map(({ chunk }) => chunk);
}

/** False when somebody holds the chunk. */
async function compress(client: PoolClient, schema: string, chunk: string): Promise<boolean> {
  try {
    await client.query(`CALL ${schema}.convert_to_columnstore('${chunk}', if_not_columnstore => true)`);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}

const LOCK_NOT_AVAILABLE = '55P03';
