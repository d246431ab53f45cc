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
    const { rows } = await store.pool.query<{ number: string; hash: Hex; parent_hash: Hex; time: string }>(
      `SELECT number, hash, parent_hash, extract(epoch FROM time)::bigint AS time FROM block
       WHERE chain_id = $1 AND number >= $2 AND number <= $3 ORDER BY number DESC LIMIT $4`,
      [chainId, range.from ?? 0, range.to ?? Number.MAX_SAFE_INTEGER, range.limit ?? 1_000],
    );
    return rows.map(({ number, hash, parent_hash, time }) => ({
      number: Number(number),
      hash,
      parentHash: parent_hash,
      time: Number(time),
    }));
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
