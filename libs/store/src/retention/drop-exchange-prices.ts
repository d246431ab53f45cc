import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import type { Timescale } from '../timescale/state.ts';

/** Rows that go in one statement: a moment. */
const AT_ONCE = 50_000;

/**
 * Drops prices of exchanges that are older than the facts that each chain still has; none while a chain has all of its facts. Their
 * hours and days stay. On TimescaleDB whole chunks go.
 */
export async function dropExchangePrices(store: Store, timescale: Timescale | undefined): Promise<void> {
  await explained('dropping old prices of exchanges', async () => {
    const { rows } = await store.pool.query<{ until: Date | null }>(
      'SELECT CASE WHEN bool_and(kept_since IS NOT NULL) THEN min(kept_since) END AS until FROM checkpoint',
    );
    const until = rows[0]?.until;
    if (!until) return;
    if (timescale) {
      await store.pool.query(
        `SELECT ${timescale.schema}.drop_chunks('exchange_price'::regclass, older_than => $1::timestamptz)`,
        [until],
      );
      return;
    }
    for (let gone = AT_ONCE; gone === AT_ONCE;) {
      const { rowCount } = await store.pool.query(
        `DELETE FROM exchange_price WHERE ctid = ANY (ARRAY(
           SELECT price.ctid FROM exchange_market AS market CROSS JOIN LATERAL (
             SELECT ctid FROM exchange_price
             WHERE exchange = market.exchange AND symbol = market.symbol AND time < $1 LIMIT ${AT_ONCE}) AS price
           LIMIT ${AT_ONCE}))`,
        [until],
      );
      gone = rowCount ?? 0;
    }
  });
}
