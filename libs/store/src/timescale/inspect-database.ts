import type { Flavour } from '../migration-files.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { cannotUse, inspectExtension, type Extension } from './extension.ts';

/** What kind of tables a migrated database has, and what is really there of TimescaleDB. */
export interface DatabaseState {
  readonly flavour: Flavour;
  readonly extension: Extension;
  /** Why TimescaleDB could not hold the tables; undefined when it could. */
  readonly reason: string | undefined;
  /** What TimescaleDB says it has of ours; undefined where the tables are plain, or it is not installed. */
  readonly timescale:
    | {
        readonly hypertables: number;
        readonly continuousAggregates: number;
        readonly chunks: number;
        readonly compressedChunks: number;
        /** Jobs on our tables that go by the server's clock: none are ours. */
        readonly policies: number;
      }
    | undefined;
}

/** Asks a migrated database what is really there. */
export async function inspectDatabase(store: Store): Promise<DatabaseState> {
  return explained('looking at the database', async () => {
    const { rows } = await store.pool.query<{ flavour: Flavour }>(
      'SELECT flavour FROM migration ORDER BY number LIMIT 1',
    );
    const flavour = rows[0]?.flavour ?? 'plain';
    const extension = await inspectExtension(store.pool);
    const isThere = flavour === 'timescale' && extension.installed !== undefined && extension.isPreloaded;
    const reason = cannotUse(extension);
    return { flavour, extension, reason, timescale: isThere ? await countOurs(store) : undefined };
  });
}

async function countOurs(store: Store): Promise<NonNullable<DatabaseState['timescale']>> {
  const { rows } = await store.pool.query<NonNullable<DatabaseState['timescale']>>(
    `SELECT (SELECT count(*)::int FROM timescaledb_information.hypertables WHERE hypertable_schema = current_schema()) AS hypertables,
       (SELECT count(*)::int FROM timescaledb_information.continuous_aggregates WHERE view_schema = current_schema())
         AS "continuousAggregates",
       (SELECT count(*)::int FROM timescaledb_information.chunks) AS chunks,
       (SELECT count(*)::int FROM timescaledb_information.chunks WHERE is_compressed) AS "compressedChunks",
       (SELECT count(*)::int FROM timescaledb_information.jobs
        WHERE hypertable_schema = current_schema() AND proc_name LIKE 'policy_%') AS policies`,
  );
  return rows[0]!;
}
