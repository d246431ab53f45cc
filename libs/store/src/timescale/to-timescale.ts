import { assert, ConfigError } from '@undertow/units';
import type { PoolClient } from 'pg';
import { allCheckpoints } from '../checkpoint.ts';
import { FACT_TABLES } from '../facts/fact-tables.ts';
import { MIGRATION_LOCK } from '../migrate.ts';
import { readMigrations, type Flavour, type Migration } from '../migration-files.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { STEPS } from '../series/step.ts';
import { cannotUse, chooseFlavour, inspectExtension, seeExtension } from './extension.ts';

/** Migrations with two flavours that this knows to carry over. */
const KNOWN = [2, 4, 7, 11];

/** Migrations for both flavours that do more on TimescaleDB, written so that they may be run again. */
const AGAIN = [12, 14, 19, 22, 24];

/**
 * Turns plain tables into TimescaleDB's, with all that they hold, in one transaction: others wait for it, as long as writing all facts
 * anew takes. The database must be migrated. Aggregates are computed anew by the next `keepHouse`.
 *
 * @throws ConfigError when the tables are TimescaleDB's already, facts were dropped by age, or the server or the user does not
 * allow it.
 */
export async function toTimescale(store: Store): Promise<void> {
  await explained('moving to TimescaleDB', async () => {
    const client = await store.pool.connect();
    client.on('error', () => undefined);
    try {
      await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await checkCan(client);
      const files = await readMigrations();
      const flavoured = files.filter(({ flavour }) => flavour === 'timescale');
      assert(
        flavoured.map(({ number }) => number).join() === KNOWN.join(),
        'a migration with two flavours was added and toTimescale does not know it',
      );
      await client.query('BEGIN');
      await seeExtension(client);
      for (const { number, name, checksum } of flavoured)
        await client.query('UPDATE migration SET name = $2, checksum = $3 WHERE number = $1', [
          number,
          name,
          checksum,
        ]);
      await client.query(`UPDATE migration SET flavour = 'timescale'`);
      await convert(client, files);
      await client.query('COMMIT');
    } finally {
      // Ending the session rolls back what is not committed and gives the lock back.
      client.release(true);
    }
  });
}

async function checkCan(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ flavour: Flavour }>(
    'SELECT flavour FROM migration ORDER BY number LIMIT 1',
  );
  if (rows[0]?.flavour === 'timescale') throw new ConfigError("The tables are TimescaleDB's already.");
  if ((await allCheckpoints(client)).some(({ keptAbove }) => keptAbove !== undefined))
    throw new ConfigError(
      "The tables cannot become TimescaleDB's: facts were dropped by retention (--keep-facts-days), and their aggregates, " +
        'which would be computed anew, cannot be. Index the chain anew into a database that has TimescaleDB.',
    );
  const extension = await inspectExtension(client);
  const reason = cannotUse(extension) ?? (await chooseFlavour(client, extension)).note;
  if (reason !== undefined) throw new ConfigError(`The tables cannot become TimescaleDB's: ${reason}.`);
}

async function convert(client: PoolClient, files: readonly Migration[]): Promise<void> {
  for (const kind of ['price', 'pool', 'index']) {
    for (const step of STEPS)
      await client.query(`DROP VIEW ${kind}_${step}; DROP TABLE ${kind}_${step}_kept`);
  }
  await client.query('DROP VIEW liquidation_hour');
  for (const { table } of FACT_TABLES) {
    await client.query(`DROP INDEX ${table}_time`);
    await client.query(
      `SELECT create_hypertable('${table}', 'time'::name, chunk_time_interval => interval '30 days',
         create_default_indexes => false, migrate_data => true)`,
    );
    await client.query(
      `ALTER TABLE ${table} SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'chain_id',
         timescaledb.orderby = 'block, log_index, part')`,
    );
  }
  // 0011 drops aggregates of 0002 that plain tables never had, and makes a hypertable of a table that was empty then.
  await client.query(
    `CREATE MATERIALIZED VIEW price_minute AS SELECT 1; CREATE MATERIALIZED VIEW liquidation_hour AS SELECT 1;
     CREATE TEMP TABLE measured ON COMMIT DROP AS TABLE measure; TRUNCATE measure`,
  );
  for (const file of files) {
    if (file.number === 11 && file.flavour === 'timescale') await client.query(file.sql);
    if (AGAIN.includes(file.number)) await client.query(file.sql);
  }
  await client.query('INSERT INTO measure SELECT * FROM measured');
  // No fact changed, but who is aggregating must not call true what is gone.
  await client.query(
    `INSERT INTO rewrite (chain_id, block) SELECT chain_id, block FROM checkpoint;
     UPDATE checkpoint SET rolled_until = '-infinity'`,
  );
}
