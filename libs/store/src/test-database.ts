import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded/start-embedded-postgres.ts';

/** An empty database for one test file. */
export interface TestDatabase {
  readonly connectionString: string;
  /** Drops it, and everything it needed. */
  close(): Promise<void>;
}

/**
 * An empty database: one of its own on the server that `UNDERTOW_TEST_DATABASE_URL` names (how the tests run against
 * TimescaleDB; its user must be allowed to create databases), else on an embedded server in a temp folder.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const url = process.env['UNDERTOW_TEST_DATABASE_URL'];
  if (url === undefined || url === '') return embedded();
  const name = `undertow_test_${randomBytes(6).toString('hex')}`;
  await run(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { connectionString: own.href, close: () => run(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function embedded(): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'undertow-test-'));
  const server = await startEmbeddedPostgres({ dataDir });
  return {
    connectionString: server.connectionString,
    async close() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
