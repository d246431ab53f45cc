import { ConfigError } from '@undertow/units';
import type { PoolClient } from 'pg';
import { readMigrations, type Flavour, type Migration } from './migration-files.ts';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

export interface MigrateResult {
  readonly flavour: Flavour;
  /** Names of the files that were run now, in order; empty when the database was up to date. */
  readonly applied: readonly string[];
}

/** Any number, the same in all versions: two that migrate at once wait for each other. */
const MIGRATION_LOCK = 5_164_871_203;

/**
 * Brings the database to this code's tables. Each file runs once, in order, in a transaction of its own with the note
 * that it ran. The first run chooses the flavour for good: `timescale` when the extension is installed or can be,
 * else `plain`.
 *
 * A file that was edited after it ran, or a database that a newer Undertow migrated, is a `ConfigError`.
 */
export async function migrate(store: Store, folder?: URL): Promise<MigrateResult> {
  const files = await readMigrations(folder);
  return explained('migrating the database', async () => {
    const client = await store.pool.connect();
    client.on('error', () => undefined);
    try {
      await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      // As in `lockChain`: TimescaleDB bounds how many compressed rows may be rewritten, and a migration must not fail
      // for how much is stored. Elsewhere the setting means nothing.
      await client.query(
        `SELECT set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', false)`,
      );
      return await migrateLocked(client, files);
    } finally {
      // Ending the session gives the lock back even when the connection is in a bad state.
      client.release(true);
    }
  });
}

async function migrateLocked(client: PoolClient, files: readonly Migration[]): Promise<MigrateResult> {
  await client.query(`CREATE TABLE IF NOT EXISTS migration (
    number integer PRIMARY KEY, name text NOT NULL, flavour text NOT NULL, checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now())`);
  const { rows: done } = await client.query<Done>(
    'SELECT number, name, flavour, checksum FROM migration ORDER BY number',
  );
  const flavour = done[0]?.flavour ?? (await chooseFlavour(client));
  const wanted = files.filter((file) => file.flavour === undefined || file.flavour === flavour);
  checkDone(done, wanted);
  const applied: string[] = [];
  for (const file of wanted.slice(done.length)) {
    await apply(client, file, flavour);
    applied.push(file.name);
  }
  return { flavour, applied };
}

interface Done {
  readonly number: number;
  readonly name: string;
  readonly flavour: Flavour;
  readonly checksum: string;
}

function checkDone(done: readonly Done[], wanted: readonly Migration[]): void {
  for (const [index, { number, name, checksum }] of done.entries()) {
    const file = wanted[index];
    if (!file) {
      throw new ConfigError(
        `The database was migrated by a newer Undertow (migration ${name}, which this one does not have). Update ` +
          'Undertow, or use another database.',
      );
    }
    if (file.number !== number || file.checksum !== checksum) {
      throw new ConfigError(
        `Migration ${name} was run on this database, but ${file.name} here is not the same file. A migration is ` +
          'never edited once run: restore it and put the change in a new file, or use an empty database.',
      );
    }
  }
}

/**
 * TimescaleDB when this database has it or lets us create it. Where the server does not preload the library (then its
 * settings are unknown), trying would end the connection.
 */
async function chooseFlavour(client: PoolClient): Promise<Flavour> {
  const { rows } = await client.query<{ installed: boolean; preloaded: boolean }>(
    `SELECT installed_version IS NOT NULL AS installed,
       current_setting('timescaledb.disable_load', true) IS NOT NULL AS preloaded
     FROM pg_available_extensions WHERE name = 'timescaledb'`,
  );
  const [extension] = rows;
  if (extension?.installed) return 'timescale';
  if (!extension?.preloaded) return 'plain';
  return client.query('CREATE EXTENSION IF NOT EXISTS timescaledb').then(
    () => 'timescale',
    // The user may not create extensions.
    () => 'plain',
  );
}

async function apply(client: PoolClient, file: Migration, flavour: Flavour): Promise<void> {
  const note = () =>
    client.query('INSERT INTO migration (number, name, flavour, checksum) VALUES ($1, $2, $3, $4)', [
      file.number,
      file.name,
      flavour,
      file.checksum,
    ]);
  if (file.alone) {
    await client.query(file.sql);
    await note();
    return;
  }
  await client.query('BEGIN');
  try {
    await client.query(file.sql);
    await note();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
