import type { Hex } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { ClientBase } from 'pg';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** What is stored of a block: enough to notice that the chain has another one in its place. */
export interface StoredBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly parentHash: Hex;
  /** Unix seconds. */
  readonly time: number;
}

/** Which blocks to read. */
export interface BlockRange {
  /** Lowest block number, inclusive; absent = from the first. */
  readonly from?: number;
  /** Highest block number, inclusive; absent = to the last. */
  readonly to?: number;
  /** At most this many, the highest first in line. Default 1,000. */
  readonly limit?: number;
}

/** Stored blocks, highest first: the order in which a common ancestor is looked for. Not every block is stored. */
export async function readBlocks(
  store: Store,
  chainId: number,
  range: BlockRange = {},
): Promise<readonly StoredBlock[]> {
  return explained('reading blocks', async () => {
    const { rows } = await store.pool.query<BlockCells>(
      `SELECT number, hash, parent_hash, extract(epoch FROM time)::bigint AS time FROM block
       WHERE chain_id = $1 AND number >= $2 AND number <= $3 ORDER BY number DESC LIMIT $4`,
      [chainId, range.from ?? 0, range.to ?? Number.MAX_SAFE_INTEGER, range.limit ?? 1_000],
    );
    return rows.map(blockOf);
  });
}

interface BlockCells {
  readonly number: string;
  readonly hash: Hex;
  readonly parent_hash: Hex;
  readonly time: string;
}

const blockOf = ({ number, hash, parent_hash, time }: BlockCells): StoredBlock => ({
  ...{ number: Number(number), hash, parentHash: parent_hash, time: Number(time) },
});

/** Which blocks to choose from, and how many. */
export interface SpreadRange {
  /** Lowest block number, inclusive; undefined = from the first. */
  readonly from: number | undefined;
  /** Highest block number, inclusive; undefined = to the last. */
  readonly to: number | undefined;
  /** 2 or more. */
  readonly most: number;
}

/**
 * Stored blocks of a range that a ledger can be folded to (those below which facts were dropped are left out), lowest first: the
 * lowest and the highest of them, and where there are more than `most`, those at or
 * below heights that lie evenly between the two. One look-up for each, however many are stored.
 */
export async function readSpreadBlocks(
  store: Store,
  chainId: number,
  { from, to, most }: SpreadRange,
): Promise<readonly StoredBlock[]> {
  return explained('reading blocks', async () => {
    const { rows } = await store.pool.query<BlockCells>(
      `WITH range AS (
         SELECT greatest($2, (SELECT kept_above FROM checkpoint WHERE chain_id = $1)) AS since
       ), ends AS (
         SELECT min(number) AS low, max(number) AS high FROM block, range
         WHERE chain_id = $1 AND number BETWEEN since AND $3
       ), few AS (
         SELECT number FROM block, range WHERE chain_id = $1 AND number BETWEEN since AND $3 ORDER BY number LIMIT $4 + 1
       ), chosen AS (
         SELECT number FROM few WHERE (SELECT count(*) FROM few) <= $4
         UNION
         SELECT at.number FROM ends, generate_series(0, $4 - 1) AS step,
           LATERAL (SELECT number FROM block WHERE chain_id = $1 AND number <= low + (high - low) * step / ($4 - 1)
                      AND number >= low ORDER BY number DESC LIMIT 1) AS at
         WHERE (SELECT count(*) FROM few) > $4
       )
       SELECT number, hash, parent_hash, extract(epoch FROM time)::bigint AS time
       FROM block WHERE chain_id = $1 AND number IN (SELECT number FROM chosen) ORDER BY block.number`,
      [chainId, from ?? 0, to ?? Number.MAX_SAFE_INTEGER, most],
    );
    return rows.map(blockOf);
  });
}

/**
 * Stores blocks that are not stored yet. One that is stored with another hash means that the chain was reorganised
 * and nobody went back: a `BadDataError`, and nothing of the transaction is kept.
 */
export async function insertBlocks(
  client: ClientBase,
  chainId: number,
  blocks: readonly StoredBlock[],
): Promise<void> {
  if (blocks.length === 0) return;
  const columns = [
    blocks.map((block) => block.number),
    blocks.map((block) => block.hash),
    blocks.map((block) => block.parentHash),
    blocks.map((block) => block.time),
  ];
  await client.query(
    `INSERT INTO block (chain_id, number, hash, parent_hash, time)
     SELECT $1, number, hash, parent_hash, to_timestamp(time)
     FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[]) AS given (number, hash, parent_hash, time)
     ON CONFLICT DO NOTHING`,
    [chainId, ...columns],
  );
  // One look-up for each block: a table without statistics would be read once for each instead.
  const { rows } = await client.query<{ number: string }>(
    `SELECT given.number FROM unnest($2::bigint[], $3::text[]) AS given (number, hash),
       LATERAL (SELECT hash FROM block WHERE chain_id = $1 AND number = given.number OFFSET 0) AS stored
     WHERE stored.hash <> given.hash ORDER BY given.number LIMIT 1`,
    [chainId, ...columns.slice(0, 2)],
  );
  if (rows[0]) {
    throw new BadDataError(
      `Block ${rows[0].number} of chain ${chainId} is stored with another hash: the chain was reorganised, or the ` +
        'endpoint answers for another chain. Go back to the last common block before writing on.',
    );
  }
}
