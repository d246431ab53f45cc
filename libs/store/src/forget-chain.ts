import { lockChain } from './chain-lock.ts';
import { FACT_TABLES } from './facts/fact-tables.ts';
import { inTransaction } from './in-transaction.ts';
import type { Store } from './open-store.ts';
import { noteRewrite } from './rewrite.ts';

/**
 * Drops everything stored of one chain in one transaction: facts, measures, flags, sweeps, advices, reports, margin calls, blocks, saved
 * ledgers, reference rows, incidents, checkpoint (and with it the word that its kept aggregates are true). The log of margin calls stays: it
 * only grows. For a local chain that was built anew; a chain that went back is `revertTo`.
 */
export async function forgetChain(store: Store, chainId: number): Promise<void> {
  await inTransaction(store, `forgetting chain ${chainId}`, async (client) => {
    await lockChain(client, chainId);
    const tables = [
      ...FACT_TABLES.map(({ table }) => table),
      'measure',
      'measure_hour_kept',
      'oracle_flag',
      'sweep',
      'advice_run',
      'report_run',
      'report',
      'margin_case',
      'leg_opening',
      'block',
      'venue',
      'asset',
      'feed',
      'pool',
      'incident',
      'checkpoint',
    ];
    for (const table of tables) await client.query(`DELETE FROM ${table} WHERE chain_id = $1`, [chainId]);
    await noteRewrite(client, chainId, -1);
  });
}
