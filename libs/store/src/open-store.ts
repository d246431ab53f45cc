import { ConfigError } from '@undertow/units';
import pg from 'pg';
import { connectionOptions } from './connection-options.ts';
import { explained } from './store-error.ts';

/** A database that facts are kept in. */
export interface Store {
  readonly connectionString: string;
  readonly pool: pg.Pool;
  /** Ends all connections; waits for what runs. */
  close(): Promise<void>;
}

/** The oldest PostgreSQL that works, as `server_version_num`. */
const OLDEST = 150_000;

/** Connects and checks the server's version. Nothing is created: `migrate` does that. */
export async function openStore(connectionString: string): Promise<Store> {
  const pool = new pg.Pool({ ...connectionOptions(connectionString), max: 8 });
  // An idle connection that breaks must not end the process; whoever uses the pool next gets the error.
  pool.on('error', () => undefined);
  try {
    await explained('connecting to the database', async () => {
      const { rows } = await pool.query<{ number: number; name: string }>(
        `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name`,
      );
      const { number = 0, name = '?' } = rows[0] ?? {};
      if (number < OLDEST) {
        throw new ConfigError(
          `The database is PostgreSQL ${name}; Undertow needs 15 or newer. Upgrade it, or unset DATABASE_URL.`,
        );
      }
    });
  } catch (error) {
    await pool.end();
    throw error;
  }
  return { connectionString, pool, close: () => pool.end() };
}
