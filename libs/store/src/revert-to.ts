import { assert, ConfigError } from '@undertow/units';
import type { PoolClient } from 'pg';
import { lockChain } from './chain-lock.ts';
import { checkpointOf, type Checkpoint } from './checkpoint.ts';
import { FACT_TABLES } from './facts/fact-tables.ts';
import { notifyHead } from './head-notice.ts';
import { inTransaction } from './in-transaction.ts';
import type { Store } from './open-store.ts';
import { noteRewrite } from './rewrite.ts';
import { earliestAggregated } from './series/earliest-aggregated.ts';
import { takenBack } from './series/roll-up.ts';
import { startOf } from './series/step.ts';

export interface RevertResult {
  /** Facts that went. */
  readonly facts: number;
  /** Stored blocks that went. */
  readonly blocks: number;
  /** How far the chain is read now; `undefined` when nothing was ever stored. */
  readonly checkpoint: Checkpoint | undefined;
}

/**
 * Goes back: in one transaction all facts, blocks, saved ledgers, measures and changes of flags above `block` go, kept aggregates of what went
 * are no longer taken for true, and the checkpoint moves there; listeners hear of it as a reorg. Does nothing when the chain
 * is not read beyond `block`. Reference rows stay (`readReference` says why).
 *
 * @throws ConfigError when facts above `block` were dropped by age: what is true below is not known any more.
 */
export async function revertTo(store: Store, chainId: number, block: number): Promise<RevertResult> {
  assert(Number.isSafeInteger(block), `${block} is not a block number`);
  return inTransaction(store, `going back to block ${block}`, async (client) => {
    await lockChain(client, chainId);
    const stored = await checkpointOf(client, chainId);
    if (!stored || stored.block <= block) return { facts: 0, blocks: 0, checkpoint: stored };
    checkKept(stored, block);
    const earliest = await earliestAggregated(client, chainId, block);
    let facts = 0;
    for (const { table } of FACT_TABLES) {
      const { rowCount } = await client.query(`DELETE FROM ${table} WHERE chain_id = $1 AND block > $2`, [
        chainId,
        block,
      ]);
      facts += rowCount ?? 0;
    }
    const gone = await client.query('DELETE FROM block WHERE chain_id = $1 AND number > $2', [
      chainId,
      block,
    ]);
    for (const computed of ['measure', 'oracle_flag'])
      await client.query(`DELETE FROM ${computed} WHERE chain_id = $1 AND block > $2`, [chainId, block]);
    await forgetHours(client, chainId, block);
    await client.query(
      `UPDATE checkpoint SET block = $2, facts = facts - $3,
         rolled_until = ${takenBack('checkpoint', '$4')},
         hash = (SELECT hash FROM block WHERE chain_id = $1 AND number = $2),
         time = (SELECT time FROM block WHERE chain_id = $1 AND number = $2)
       WHERE chain_id = $1`,
      [chainId, block, facts, earliest === undefined ? null : startOf(earliest, 'day')],
    );
    await noteRewrite(client, chainId, block);
    const checkpoint = await checkpointOf(client, chainId);
    assert(checkpoint, 'a checkpoint that was updated is there');
    await notifyHead(client, checkpoint, true);
    return { facts, blocks: gone.rowCount ?? 0, checkpoint };
  });
}

/** Hours of measures that know of a block above go whole: from there on measures are read one by one again. */
async function forgetHours(client: PoolClient, chainId: number, block: number): Promise<void> {
  const { rowCount } = await client.query(
    'DELETE FROM measure_hour_kept WHERE chain_id = $1 AND last_block > $2',
    [chainId, block],
  );
  if (rowCount === 0) return;
  await client.query(
    `UPDATE checkpoint SET measured_until =
       (SELECT max(bucket) + interval '1 hour' FROM measure_hour_kept WHERE chain_id = $1)
     WHERE chain_id = $1`,
    [chainId],
  );
}

function checkKept({ chainId, keptAbove }: Checkpoint, block: number): void {
  if (keptAbove === undefined || block >= keptAbove) return;
  throw new ConfigError(
    `Chain ${chainId} went back to block ${block}, but facts up to block ${keptAbove} were dropped by retention ` +
      '(--keep-facts-days), so that nothing is known of it there. Index the chain anew into an empty database.',
  );
}
