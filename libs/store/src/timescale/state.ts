import pg from 'pg';
import type { Store } from '../open-store.ts';

/** TimescaleDB as a database that was migrated for it has it. */
export interface Timescale {
  /** Schema of its functions, quoted. */
  readonly schema: string;
  /** Whether a refresh takes options, such as how much it does at a time. */
  readonly canBatch: boolean;
}

/** TimescaleDB where the tables of this database are its own, else undefined: what was migrated decides, not what the server could do. */
export async function timescaleOf(store: Store): Promise<Timescale | undefined> {
  const { rows } = await store.pool.query<Timescale>(
    `SELECT nspname AS schema,
       EXISTS (SELECT FROM pg_proc WHERE pronamespace = pg_namespace.oid AND proname = 'refresh_continuous_aggregate'
         AND 'options' = ANY (proargnames)) AS "canBatch"
     FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
     WHERE extname = 'timescaledb' AND (SELECT flavour FROM migration ORDER BY number LIMIT 1) = 'timescale'`,
  );
  return rows[0] && { ...rows[0], schema: pg.escapeIdentifier(rows[0].schema) };
}
