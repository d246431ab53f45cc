import type { Hex } from '@undertow/market';
import { lockChain } from '../chain-lock.ts';
import { checkpointOf } from '../checkpoint.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';
import type { SavedLedger } from '../saved-ledger.ts';
import { startOf } from '../series/step.ts';
import { explained } from '../store-error.ts';

const DAY = 86_400;

/** Facts that could be dropped, and the block whose ledger would stand for them. */
export interface Retirement {
  readonly chainId: number;
  /** Facts before this time would go: 00:00 UTC of a day, unix seconds. */
  readonly since: number;
  /** The lowest block from that time on whose hash is stored. */
  readonly block: number;
  readonly hash: Hex;
  /** Of the chain's facts. */
  readonly revision: number;
}

export interface RetentionWanted {
  /** Days before the head of which facts are kept, by the chain's own clock. */
  readonly days: number;
  /** Blocks that a reorganisation may take back. */
  readonly finalityDepth: number;
}

/**
 * What may be dropped of a chain: whole days whose aggregates are kept, below a block that no reorganisation comes near.
 * Undefined when there is nothing (more) to drop, or the stored facts are not trusted.
 */
export async function findRetirement(
  store: Store,
  chainId: number,
  { days, finalityDepth }: RetentionWanted,
): Promise<Retirement | undefined> {
  return explained('looking for facts to drop', async () => {
    const checkpoint = await checkpointOf(store.pool, chainId);
    if (checkpoint?.time === undefined || !checkpoint.trusted) return undefined;
    const { rows } = await store.pool.query<{ rolled: string }>(
      'SELECT extract(epoch FROM rolled_until)::text AS rolled FROM checkpoint WHERE chain_id = $1',
      [chainId],
    );
    const rolled = Number(rows[0]?.rolled);
    const since = Math.min(startOf(Math.max(0, checkpoint.time - days * DAY), 'day'), rolled);
    if (!(since > (checkpoint.keptSince ?? 0))) return undefined;
    const found = await store.pool.query<{ block: string; hash: Hex }>(
      `SELECT number AS block, hash FROM block WHERE chain_id = $1 AND time >= to_timestamp($2) AND number <= $3
       ORDER BY number LIMIT 1`,
      [chainId, since, checkpoint.block - 2 * finalityDepth],
    );
    const [row] = found.rows;
    const { revision } = checkpoint;
    return row && { chainId, since, block: Number(row.block), hash: row.hash, revision };
  });
}

/**
 * Says, in one transaction, that a saved ledger stands for all facts up to its block, which nobody folds or goes back to from
 * then on; ledgers below it go. The facts themselves go after that (`dropRetired`). The ledger must have been held against
 * its facts. False, and all is as before, when the facts have changed since, or the ledger is gone.
 */
export async function retireFacts(
  store: Store,
  { chainId, since, block, revision }: Retirement,
  ledger: SavedLedger,
): Promise<boolean> {
  return inTransaction(store, `dropping facts of chain ${chainId}`, async (client) => {
    await lockChain(client, chainId);
    const checkpoint = await checkpointOf(client, chainId);
    if (checkpoint === undefined || !checkpoint.trusted || checkpoint.revision !== revision) return false;
    const { rowCount } = await client.query(
      `UPDATE checkpoint SET kept_above = $2, kept_since = to_timestamp($3)
       WHERE chain_id = $1 AND rolled_until >= to_timestamp($3) AND EXISTS (SELECT FROM saved_ledger WHERE id = $4 AND block = $2)`,
      [chainId, block, since, ledger.id],
    );
    if (rowCount !== 1) return false;
    await client.query('DELETE FROM saved_ledger WHERE chain_id = $1 AND block < $2', [chainId, block]);
    return true;
  });
}
