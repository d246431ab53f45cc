import type { Hex } from '@undertow/market';
import type { ClientBase } from 'pg';
import { lockChain } from './chain-lock.ts';
import { checkpointOf } from './checkpoint.ts';
import { inTransaction } from './in-transaction.ts';
import type { Store } from './open-store.ts';
import { changedAbove } from './rewrite.ts';
import { explained } from './store-error.ts';

/** A ledger that is kept, without what it says. */
export interface SavedLedger {
  readonly id: number;
  readonly block: number;
  readonly hash: Hex;
  /** Facts folded. */
  readonly facts: number;
  /** Of all its parts. */
  readonly bytes: number;
}

export interface LedgerToSave {
  readonly chainId: number;
  /** Version of the fold that made it. */
  readonly fold: number;
  readonly block: number;
  readonly hash: Hex;
  /** Facts folded: all that are stored up to the block. */
  readonly facts: number;
  /** Revision of the facts that were folded. */
  readonly revision: number;
  /** Which of those that are kept with it, ascending by block, are to go; by id. */
  readonly drop: (kept: readonly SavedLedger[]) => readonly number[];
}

/**
 * Keeps a ledger, in one transaction: the parts go in as they come, then the chain is locked for a moment to see that
 * the facts which were folded are still those that are stored. Ledgers of older folds go, and those that `drop` names.
 *
 * False, and nothing is kept, when the chain has gone back meanwhile, when another process is at it, or when there is one
 * of that block already. `parts` need not come fast, but a transaction is open until they have.
 */
export async function saveLedger(
  store: Store,
  ledger: LedgerToSave,
  parts: AsyncIterable<Buffer>,
): Promise<boolean> {
  const { chainId, block } = ledger;
  return inTransaction(store, `saving the ledger of block ${block}`, async (client) => {
    const lock = [`undertow ledgers ${chainId}`];
    const { rows } = await client.query<{ free: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS free',
      lock,
    );
    const id = rows[0]?.free === true ? await insertLedger(client, ledger) : undefined;
    if (id === undefined) return false;
    let part = 0;
    for await (const content of parts) {
      await client.query('INSERT INTO saved_ledger_part VALUES ($1, $2, $3)', [id, part++, content]);
    }
    await lockChain(client, chainId);
    if (await stillHolds(client, ledger)) {
      await dropOthers(client, ledger, id);
      return true;
    }
    await client.query('DELETE FROM saved_ledger WHERE id = $1', [id]);
    return false;
  });
}

async function insertLedger(client: ClientBase, ledger: LedgerToSave): Promise<number | undefined> {
  const { chainId, block, fold, hash, facts } = ledger;
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO saved_ledger (chain_id, block, fold, hash, facts, bytes) VALUES ($1, $2, $3, $4, $5, 0)
     ON CONFLICT DO NOTHING RETURNING id`,
    [chainId, block, fold, hash, facts],
  );
  return rows[0] && Number(rows[0].id);
}

/** Whether the facts that were folded are those that are stored. The chain is locked: so it stays until the commit. */
async function stillHolds(
  client: ClientBase,
  { chainId, block, hash, revision }: LedgerToSave,
): Promise<boolean> {
  const checkpoint = await checkpointOf(client, chainId);
  const above = await changedAbove(client, chainId, revision);
  const { rows } = await client.query<{ hash: Hex }>(
    'SELECT hash FROM block WHERE chain_id = $1 AND number = $2',
    [chainId, block],
  );
  const isStored = checkpoint !== undefined && checkpoint.block >= block;
  return isStored && (above === undefined || above >= block) && (rows[0]?.hash ?? hash) === hash;
}

/**
 * What must go when a ledger was added. Only now, under the chain's lock: a reorganisation, which takes that lock first
 * and then drops ledgers too, would else wait for us while we wait for it.
 */
async function dropOthers(
  client: ClientBase,
  { chainId, fold, drop }: LedgerToSave,
  id: number,
): Promise<void> {
  await client.query(
    `UPDATE saved_ledger SET bytes = (SELECT coalesce(sum(length(content)), 0) FROM saved_ledger_part WHERE ledger = id)
     WHERE id = $1`,
    [id],
  );
  await client.query(`DELETE FROM saved_ledger WHERE chain_id = $1 AND fold < $2 AND ${IS_SPARE}`, [
    chainId,
    fold,
  ]);
  const kept = await listLedgers(client, chainId, fold);
  await client.query(`DELETE FROM saved_ledger WHERE id = ANY($1) AND ${IS_SPARE}`, [drop(kept)]);
}

/** SQL: a ledger only spares work. One that stands for facts that were dropped is never dropped itself, whoever asks for that. */
const IS_SPARE = `NOT EXISTS (
  SELECT FROM checkpoint WHERE checkpoint.chain_id = saved_ledger.chain_id AND kept_above = saved_ledger.block)`;

/** Kept ledgers of one version of the fold, ascending by block. */
export async function readSavedLedgers(
  store: Store,
  chainId: number,
  fold: number,
): Promise<readonly SavedLedger[]> {
  return explained('reading which ledgers are kept', () => listLedgers(store.pool, chainId, fold));
}

async function listLedgers(
  client: Pick<ClientBase, 'query'>,
  chainId: number,
  fold: number,
): Promise<readonly SavedLedger[]> {
  // The facts' transactions drop what no longer holds; that the block's hash is the same is held against them once more.
  const { rows } = await client.query<{ [Field in keyof SavedLedger]: string }>(
    `SELECT id, block, hash, facts, bytes FROM saved_ledger AS kept WHERE chain_id = $1 AND fold = $2
       AND NOT EXISTS (SELECT FROM block WHERE block.chain_id = kept.chain_id AND number = kept.block AND block.hash <> kept.hash)
     ORDER BY block`,
    [chainId, fold],
  );
  return rows.map(({ id, block, hash, facts, bytes }) => ({
    ...{ id: Number(id), block: Number(block), hash: hash as Hex },
    ...{ facts: Number(facts), bytes: Number(bytes) },
  }));
}

/** Parts read in one go; the first alone, since it may tell that the others are of no use. */
const PAGE = 16;

/** The parts of a kept ledger in order. Ends early when it is dropped meanwhile: compare the bytes. */
export async function* readLedgerParts(store: Store, id: number): AsyncGenerator<Buffer, void, void> {
  for (let part = 0, page = 1; ; page = PAGE) {
    const contents = await explained('reading a ledger', async () => {
      const { rows } = await store.pool.query<{ content: Buffer }>(
        'SELECT content FROM saved_ledger_part WHERE ledger = $1 AND part >= $2 ORDER BY part LIMIT $3',
        [id, part, page],
      );
      return rows.map(({ content }) => content);
    });
    yield* contents;
    part += contents.length;
    if (contents.length < page) return;
  }
}

/** Drops a ledger that turned out to be of no use, unless it stands for facts that were dropped. */
export async function dropSavedLedger(store: Store, id: number): Promise<void> {
  await explained('dropping a ledger', () =>
    store.pool.query(`DELETE FROM saved_ledger WHERE id = $1 AND ${IS_SPARE}`, [id]),
  );
}
