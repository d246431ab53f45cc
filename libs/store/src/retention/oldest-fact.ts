import { FACT_TABLES } from '../facts/fact-tables.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { DROPPED_TABLES } from './retained-kinds.ts';

/** Time of the oldest fact of a chain, of kinds that retention drops where there are such; undefined when there is none. Unix seconds. */
export async function oldestFact(store: Store, chainId: number): Promise<number | undefined> {
  return explained('looking for the oldest fact', async () => {
    for (const tables of [DROPPED_TABLES, FACT_TABLES]) {
      const first = tables.map(
        ({ table }) =>
          `(SELECT time FROM ${table} WHERE chain_id = $1 ORDER BY block, log_index, part LIMIT 1)`,
      );
      const { rows } = await store.pool.query<{ oldest: string | null }>(
        `SELECT extract(epoch FROM min(time))::bigint AS oldest FROM (${first.join(' UNION ALL ')}) AS firsts`,
        [chainId],
      );
      const oldest = rows[0]?.oldest ?? null;
      if (oldest !== null) return Number(oldest);
    }
    return undefined;
  });
}
