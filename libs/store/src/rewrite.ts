import type { ClientBase } from 'pg';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** SQL: the revision of a chain's facts, as one value. */
export const revisionOf = (chain: string): string =>
  `(SELECT coalesce(max(revision), 0) FROM rewrite WHERE rewrite.chain_id = ${chain})`;

/**
 * Notes, in the transaction that does it, that facts above a block are no longer those that were stored before, and
 * drops the ledgers that were made of them. The chain must be locked, so that revisions grow as they commit.
 */
export async function noteRewrite(client: ClientBase, chainId: number, above: number): Promise<void> {
  await client.query('INSERT INTO rewrite (chain_id, block) VALUES ($1, $2)', [chainId, above]);
  await client.query('DELETE FROM saved_ledger WHERE chain_id = $1 AND block > $2', [chainId, above]);
}

/**
 * The block above which facts have changed since a revision of theirs; `undefined` when none have. Whatever was read of
 * that block and those below it still holds.
 */
export async function readChangedAbove(
  store: Store,
  chainId: number,
  since: number,
): Promise<number | undefined> {
  return explained('asking what has changed', () => changedAbove(store.pool, chainId, since));
}

/** The same as a connection sees it. */
export async function changedAbove(
  client: Pick<ClientBase, 'query'>,
  chainId: number,
  since: number,
): Promise<number | undefined> {
  const { rows } = await client.query<{ block: string | null }>(
    'SELECT min(block) AS block FROM rewrite WHERE chain_id = $1 AND revision > $2',
    [chainId, since],
  );
  const block = rows[0]?.block ?? null;
  return block === null ? undefined : Number(block);
}
