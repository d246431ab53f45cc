import type { PoolClient } from 'pg';
import { lockChain } from '../chain-lock.ts';
import { checkpointOf } from '../checkpoint.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { timescaleOf, type Timescale } from '../timescale/state.ts';
import { startOf, STEP_SECONDS } from './step.ts';

/** Days before a chain's head of which every measure is kept. */
export const MEASURES_KEPT_DAYS = 30;

/** Hours that one call sums up at most: after years without it, nobody waits for all of them. */
const MOST_HOURS = 240;

/**
 * Sums up the measures of a chain that are older than a month, by its own clock: of each hour the last value, the least and the greatest
 * stay, which is what hours and days of a series are made of. Each hour is one transaction, so it may be stopped at any point. On plain tables
 * what was summed up goes at once, on TimescaleDB when a whole chunk may go; nobody reads it meanwhile.
 *
 * @returns how many hours were summed up.
 */
export async function sumUpMeasures(store: Store, chainId: number): Promise<number> {
  return explained('summing up measures', async () => {
    const timescale = await timescaleOf(store);
    let hours = 0;
    while (hours < MOST_HOURS && (await sumUpHour(store, chainId, timescale))) hours += 1;
    if (timescale) await dropSummedUp(store, timescale);
    return hours;
  });
}

/** False when nothing is old enough. */
async function sumUpHour(store: Store, chainId: number, timescale: Timescale | undefined): Promise<boolean> {
  return inTransaction(store, `summing up measures of chain ${chainId}`, async (client) => {
    await lockChain(client, chainId);
    const checkpoint = await checkpointOf(client, chainId);
    if (checkpoint?.time === undefined) return false;
    const until = startOf(Math.max(0, checkpoint.time - MEASURES_KEPT_DAYS * STEP_SECONDS.day), 'day');
    const first = await firstMeasured(client, chainId);
    if (first === undefined || first >= until) return false;
    const from = startOf(first, 'hour');
    const to = from + STEP_SECONDS.hour;
    // What is few is found by its blocks; a chunk of TimescaleDB by its time.
    const blocks = timescale ? undefined : await measuredBlocks(client, chainId, to);
    const where = `chain_id = $1 AND time >= to_timestamp($2) AND time < to_timestamp($3) ${blocks ? 'AND block = ANY ($4)' : ''}`;
    const values = [chainId, from, to, ...(blocks ? [blocks] : [])];
    await client.query(
      `INSERT INTO measure_hour_kept (chain_id, name, subject, bucket, value, least, greatest, blocks, last, last_block)
       SELECT chain_id, name, subject, to_timestamp($2), (array_agg(value ORDER BY block DESC))[1], min(value), max(value),
         count(*), max(time), max(block)
       FROM (SELECT DISTINCT ON (name, subject, time, block) chain_id, name, subject, time, block, value FROM measure
         WHERE ${where} ORDER BY name, subject, time, block, written_at DESC, book_hash) AS one
       GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING`,
      values,
    );
    if (!timescale) await client.query(`DELETE FROM measure WHERE ${where}`, values);
    await client.query('UPDATE checkpoint SET measured_until = to_timestamp($2) WHERE chain_id = $1', [
      chainId,
      to,
    ]);
    return true;
  });
}

/** When the oldest measure that is not summed up was made, unix seconds. */
async function firstMeasured(client: PoolClient, chainId: number): Promise<number | undefined> {
  const { rows } = await client.query<{ time: string }>(
    `SELECT extract(epoch FROM time)::bigint AS time FROM measure
     WHERE chain_id = $1 AND time >= coalesce((SELECT measured_until FROM checkpoint WHERE chain_id = $1), '-infinity')
     ORDER BY block LIMIT 1`,
    [chainId],
  );
  return rows[0] && Number(rows[0].time);
}

/** Blocks of a chain that were measured before a time, from the oldest on: jumps along the index from one to the next. */
async function measuredBlocks(
  client: PoolClient,
  chainId: number,
  before: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ block: string }>(
    `WITH RECURSIVE known AS (
       (SELECT block, time FROM measure WHERE chain_id = $1 ORDER BY block LIMIT 1)
       UNION ALL
       SELECT after.block, after.time FROM known, LATERAL (
         SELECT block, time FROM measure WHERE chain_id = $1 AND block > known.block ORDER BY block LIMIT 1) AS after
       WHERE known.time < to_timestamp($2))
     SELECT block FROM known WHERE time < to_timestamp($2)`,
    [chainId, before],
  );
  return rows.map(({ block }) => block);
}

/** Whole chunks of which every chain has summed up all. */
async function dropSummedUp(store: Store, { schema }: Timescale): Promise<void> {
  const { rows } = await store.pool.query<{ until: Date | null }>(
    `SELECT CASE WHEN bool_and(measured_until IS NOT NULL) THEN min(measured_until) END AS until FROM checkpoint
     WHERE EXISTS (SELECT FROM measure WHERE measure.chain_id = checkpoint.chain_id)`,
  );
  const until = rows[0]?.until;
  if (until)
    await store.pool.query(
      `SELECT ${schema}.drop_chunks('measure'::regclass, older_than => $1::timestamptz)`,
      [until],
    );
}
