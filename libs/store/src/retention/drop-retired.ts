import type { PoolClient } from 'pg';
import { checkpointOf } from '../checkpoint.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';
import { startOf } from '../series/step.ts';
import { explained } from '../store-error.ts';
import { timescaleOf } from '../timescale/state.ts';
import { dropExchangePrices } from './drop-exchange-prices.ts';
import { DROPPED_TABLES } from './retained-kinds.ts';

const DAY = 86_400;

/** Waiting longer for a chunk would make readers and writers wait behind us: it is left for the next time. */
const LOCK_MS = 500;

/** What goes in one transaction: facts of one table and chain within some time. */
interface Span {
  readonly chainId: number;
  readonly table: string;
  /** Facts above this block stay, whatever time they name. */
  readonly above: number;
  /** Unix seconds; the end is not in it. */
  readonly from: number;
  readonly to: number;
}

/**
 * Drops the facts that a ledger stands for (`retireFacts`), a day of one kind at a time; on TimescaleDB whole chunks, and what
 * is in a chunk that ends later stays until all of it may go. Nobody reads them any more, so it may be stopped at any point and
 * goes on the next time. Prices of exchanges, which are of no chain, go where every chain has dropped its facts.
 *
 * @returns how many facts of the chain went.
 */
export async function dropRetired(store: Store, chainId: number): Promise<number> {
  return explained('dropping old facts', async () => {
    const checkpoint = await checkpointOf(store.pool, chainId);
    const { keptSince: until, keptAbove: above } = checkpoint ?? {};
    if (until === undefined || above === undefined) return 0;
    const timescale = await timescaleOf(store);
    let dropped = 0;
    for (const { table } of DROPPED_TABLES) {
      const wanted = { chainId, table, above, until };
      if (timescale) dropped += await dropChunks(store, { ...wanted, schema: timescale.schema });
      else dropped += await dropDays(store, wanted);
    }
    await dropExchangePrices(store, timescale);
    return dropped;
  });
}

interface Wanted {
  readonly chainId: number;
  readonly table: string;
  readonly above: number;
  readonly until: number;
}

async function dropDays(store: Store, { chainId, table, above, until }: Wanted): Promise<number> {
  let dropped = 0;
  for (let more = true; more;) {
    more = await inTransaction(store, `dropping old facts of ${table}`, async (client) => {
      await lockRetention(client, chainId);
      const { rows } = await client.query<{ time: string; block: string }>(
        `SELECT extract(epoch FROM time)::bigint AS time, block FROM ${table} WHERE chain_id = $1
         ORDER BY block, log_index, part LIMIT 1`,
        [chainId],
      );
      const [first] = rows;
      if (!first || Number(first.block) > above || Number(first.time) >= until) return false;
      const from = startOf(Number(first.time), 'day');
      dropped += await deleteSpan(client, { chainId, table, above, from, to: Math.min(from + DAY, until) });
      return true;
    });
  }
  return dropped;
}

/** Chunks that end by then, the oldest first. One that other chains have facts in loses only this chain's. */
async function dropChunks(
  store: Store,
  { chainId, table, above, until, schema }: Wanted & { readonly schema: string },
): Promise<number> {
  const { rows: chunks } = await store.pool.query<{ name: string; from: string; to: string }>(
    `SELECT format('%I.%I', chunk_schema, chunk_name) AS name, extract(epoch FROM range_start)::bigint AS from,
       extract(epoch FROM range_end)::bigint AS to FROM timescaledb_information.chunks
     WHERE hypertable_schema = current_schema() AND hypertable_name = $1 AND range_end <= to_timestamp($2) ORDER BY range_start`,
    [table, until],
  );
  let dropped = 0;
  for (const { name, from, to } of chunks) {
    const span = { chainId, table, above, from: Number(from), to: Number(to) };
    try {
      dropped += await inTransaction(store, `dropping old facts of ${table}`, async (client) => {
        await lockRetention(client, chainId);
        await client.query(
          `SELECT set_config('lock_timeout', '${LOCK_MS}', true),
             set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true)`,
        );
        const { rows } = await client.query<{ shared: boolean }>(
          `SELECT EXISTS (SELECT FROM ${name} WHERE chain_id <> $1 OR block > $2) AS shared`,
          [chainId, above],
        );
        if (rows[0]!.shared) return deleteSpan(client, span);
        return dropChunk(client, schema, span);
      });
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    }
  }
  return dropped;
}

const LOCK_NOT_AVAILABLE = '55P03';

async function deleteSpan(client: PoolClient, span: Span): Promise<number> {
  const { chainId, table, above, from, to } = span;
  await keepOpening(client, span);
  const { rowCount } = await client.query(
    `DELETE FROM ${table} WHERE chain_id = $1 AND block <= $4 AND time >= to_timestamp($2) AND time < to_timestamp($3)`,
    [chainId, from, to, above],
  );
  return countDown(client, chainId, rowCount ?? 0);
}

async function dropChunk(client: PoolClient, schema: string, span: Span): Promise<number> {
  const { chainId, table, from, to } = span;
  await keepOpening(client, span);
  const { rows } = await client.query<{ facts: string }>(
    `SELECT count(*) AS facts FROM ${table} WHERE chain_id = $1 AND time >= to_timestamp($2) AND time < to_timestamp($3)`,
    [chainId, from, to],
  );
  await client.query(
    `SELECT ${schema}.drop_chunks($1::regclass, older_than => to_timestamp($3), newer_than => to_timestamp($2))`,
    [table, from, to],
  );
  return countDown(client, chainId, Number(rows[0]!.facts));
}

/** What changes of legs that go add up to, so that what an owner has is still the sum of all of them. */
async function keepOpening(client: PoolClient, { chainId, table, above, from, to }: Span): Promise<void> {
  if (table !== 'leg_changed') return;
  await client.query(
    `INSERT INTO leg_opening AS opening (chain_id, owner, venue, market, side, shares)
     SELECT chain_id, owner, venue, market, side, sum(shares_delta) FROM leg_changed
     WHERE chain_id = $1 AND block <= $4 AND time >= to_timestamp($2) AND time < to_timestamp($3) GROUP BY 1, 2, 3, 4, 5
     ON CONFLICT (chain_id, owner, venue, market, side) DO UPDATE SET shares = opening.shares + excluded.shares`,
    [chainId, from, to, above],
  );
}

/** Two that drop at once do so one after the other, or changes of legs would be added up twice. */
async function lockRetention(client: PoolClient, chainId: number): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `undertow retention ${chainId}`,
  ]);
}

async function countDown(client: PoolClient, chainId: number, facts: number): Promise<number> {
  await client.query('UPDATE checkpoint SET facts = facts - $2 WHERE chain_id = $1', [chainId, facts]);
  return facts;
}
