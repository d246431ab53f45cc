import type { ClientBase } from 'pg';

/**
 * Makes transactions that change one chain wait for each other, until their end. Also lifts, for the transaction,
 * TimescaleDB's bound on how many compressed rows it may touch (elsewhere the setting means nothing): a deep
 * reorganisation must not fail for its size.
 */
export async function lockChain(client: ClientBase, chainId: number): Promise<void> {
  await client.query(
    `SELECT pg_advisory_xact_lock(hashtextextended($1, 0)),
       set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true)`,
    [`undertow chain ${chainId}`],
  );
}
