import type { Hex } from '@undertow/market';
import type { ClientBase } from 'pg';
import type { Store } from './open-store.ts';
import { revisionOf } from './rewrite.ts';
import { explained } from './store-error.ts';

/** How far a chain is read: all facts up to `block` are stored, and none above it. */
export interface Checkpoint {
  readonly chainId: number;
  readonly block: number;
  /** Absent after going back to a block whose hash was never stored. */
  readonly hash?: Hex;
  /** Timestamp of the block, unix seconds; absent when the hash is. */
  readonly time?: number;
  /** Facts stored; those that retention dropped are not counted. */
  readonly facts: bigint;
  /** False while stored facts are known not to match the chain. */
  readonly trusted: boolean;
  /** Why it is not trusted, and what to do. */
  readonly reason?: string;
  /** What the writer said of the network last; plain JSON. */
  readonly network?: unknown;
  /** Greater each time that facts which were stored changed (`rewrite.ts`); 0 = they never did. */
  readonly revision: number;
  /** Nothing below this block can be folded: a ledger saved at it stands for the facts up to it (`retention/`). Absent: all are there. */
  readonly keptAbove?: number;
  /** Facts before this time were dropped, unix seconds; there when `keptAbove` is. */
  readonly keptSince?: number;
}

interface CheckpointRow {
  readonly chain_id: string;
  readonly block: string;
  readonly hash: string | null;
  readonly time: string | null;
  readonly facts: string;
  readonly trusted: boolean;
  readonly reason: string | null;
  readonly network: unknown;
  readonly revision: string;
  readonly kept_above: string | null;
  readonly kept_since: string | null;
}

const SELECT = `SELECT chain_id, block, hash, extract(epoch FROM time)::bigint AS time, facts, trusted, reason, network,
    ${revisionOf('checkpoint.chain_id')} AS revision,
    kept_above, extract(epoch FROM kept_since)::bigint AS kept_since
  FROM checkpoint`;

/** How far the chain is read; `undefined` before the first write. */
export async function readCheckpoint(store: Store, chainId: number): Promise<Checkpoint | undefined> {
  return explained('reading the checkpoint', () => checkpointOf(store.pool, chainId));
}

/** Checkpoints of all chains, by chain id. */
export async function readCheckpoints(store: Store): Promise<readonly Checkpoint[]> {
  return explained('reading the checkpoints', () => allCheckpoints(store.pool));
}

/** Checkpoints of all chains as a connection sees them. */
export async function allCheckpoints(client: Pick<ClientBase, 'query'>): Promise<readonly Checkpoint[]> {
  const { rows } = await client.query<CheckpointRow>(`${SELECT} ORDER BY chain_id`);
  return rows.map(fromRow);
}

/** Facts stored of a chain, from the checkpoint's running count: costs one row. */
export async function countFacts(store: Store, chainId: number): Promise<bigint> {
  return (await readCheckpoint(store, chainId))?.facts ?? 0n;
}

/**
 * Says whether the stored facts match the chain. With `false`, `reason` tells people why and what to do. Does nothing
 * before the first write.
 */
export async function setTrust(
  store: Store,
  chainId: number,
  trusted: boolean,
  reason?: string,
): Promise<void> {
  await explained('storing whether the facts are trusted', () =>
    store.pool.query('UPDATE checkpoint SET trusted = $2, reason = $3 WHERE chain_id = $1', [
      chainId,
      trusted,
      trusted ? null : (reason ?? null),
    ]),
  );
}

/** The checkpoint as a transaction sees it. */
export async function checkpointOf(
  client: Pick<ClientBase, 'query'>,
  chainId: number,
): Promise<Checkpoint | undefined> {
  const { rows } = await client.query<CheckpointRow>(`${SELECT} WHERE chain_id = $1`, [chainId]);
  return rows[0] && fromRow(rows[0]);
}

function fromRow(row: CheckpointRow): Checkpoint {
  return {
    chainId: Number(row.chain_id),
    block: Number(row.block),
    ...(row.hash === null ? {} : { hash: row.hash as Hex }),
    ...(row.time === null ? {} : { time: Number(row.time) }),
    facts: BigInt(row.facts),
    trusted: row.trusted,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.network === null ? {} : { network: row.network }),
    revision: Number(row.revision),
    ...(row.kept_above === null ? {} : { keptAbove: Number(row.kept_above) }),
    ...(row.kept_since === null ? {} : { keptSince: Number(row.kept_since) }),
  };
}
