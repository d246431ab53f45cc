import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError } from '@undertow/units';
import type { PoolClient } from 'pg';
import { readMigrations, type Flavour, type Migration } from './migration-files.ts';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';
import { chooseFlavour, inspectExtension, seeExtension } from './timescale/extension.ts';

export interface MigrateResult {
  readonly flavour: Flavour;
  /** Names of the files that were run now, in order; empty when the database was up to date. */
  readonly applied: readonly string[];
  /** Why tables that were made now are plain although the server knows of TimescaleDB. */
  readonly note?: string;
}

/** Any number, the same in all versions: two that migrate at once wait for each other. */
export const MIGRATION_LOCK = 5_164_871_203;

/** Times that a file is tried while background jobs get in its way, with longer and longer pauses. */
const MOST_ATTEMPTS = 10;
const RETRY_MS = 100;

/**
 * Brings the database to this code's tables. Each file runs once, in order, in a transaction of its own with the note
 * that it ran. The first run chooses the flavour: `timescale` when the extension is installed or can be and does all that is
 * needed, else `plain`; `toTimescale` changes it later.
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
  const extension = await inspectExtension(client);
  const { flavour, note } = done[0] ?? (await chooseFlavour(client, extension));
  await seeExtension(client);
  const wanted = files.filter((file) => file.flavour === undefined || file.flavour === flavour);
  checkDone(done, wanted);
  const applied: string[] = [];
  for (const file of wanted.slice(done.length)) {
    await apply(client, file, flavour);
    applied.push(file.name);
  }
  return { flavour, applied, ...(note === undefined ? {} : { note }) };
}

interface Done {
  readonly number: number;
  readonly name: string;
  readonly flavour: Flavour;
  readonly checksum: string;
  readonly note?: undefined;
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
  for (let attempt = 1; ; attempt++) {
    await client.query('BEGIN');
    try {
      await client.query(file.sql);
      await note();
      await client.query('COMMIT');
      return;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      if (attempt === MOST_ATTEMPTS || !isCollision(error)) throw error;
      await delay(RETRY_MS * attempt);
    }
  }
}

/** A background job of TimescaleDB touched the same catalogue rows, or waited for us while we waited for it. */
function isCollision(error: unknown): boolean {
  const { message = '', code } = error as { readonly message?: string; readonly code?: string };
  return code === '40P01' || /tuple concurrently (updated|deleted)/.test(message);
}
