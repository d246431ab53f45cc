import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ownUrl } from '../fixtures/own-url.ts';
import { migrate } from '../migrate.ts';
import { openStore } from '../open-store.ts';
import { APP_ROLE } from './app-role.ts';
import { ROLE } from './cluster.ts';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertow-role-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function asked(connectionString: string, ...statements: string[]): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const rows: unknown[] = [];
    for (const sql of statements) rows.push(...(await client.query<object>(sql)).rows);
    return rows;
  } finally {
    await client.end();
  }
}

it('lets what asks the database do nothing to its server or files, also in a data folder of an older release', async () => {
  const dataDir = join(folder, 'data');
  const first = await startEmbeddedPostgres({ dataDir });
  await asked(
    await ownUrl(dataDir, first.connectionString),
    `CREATE TYPE mood AS ENUM ('good')`,
    'CREATE TABLE old (id bigserial PRIMARY KEY, at mood, half bigint GENERATED ALWAYS AS IDENTITY)',
    'CREATE TABLE parts (id int) PARTITION BY RANGE (id)',
    'CREATE VIEW seen AS SELECT id FROM old',
    'CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM old',
    'CREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    `INSERT INTO old (at) VALUES ('good')`,
  );
  await first.stop();
  const second = await startEmbeddedPostgres({ dataDir });
  const url = second.connectionString;
  expect(new URL(url).username).toBe(APP_ROLE);
  const role =
    'SELECT rolsuper, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user';
  expect(await asked(url, role)).toEqual([
    { rolsuper: false, rolcreaterole: false, rolreplication: false, rolbypassrls: false },
  ]);
  for (const harm of [
    `COPY (SELECT 1) TO PROGRAM 'true'`,
    `COPY (SELECT 1) TO '/tmp/undertow-harm'`,
    `SELECT pg_read_file('/etc/passwd')`,
    `ALTER SYSTEM SET fsync = 'off'`,
    `ALTER ROLE ${ROLE} PASSWORD 'mine'`,
    'ALTER ROLE current_user SUPERUSER',
    `SET ROLE ${ROLE}`,
  ])
    await expect(asked(url, harm)).rejects.toThrow(/permission denied|must be|not exist/i);
  // What it holds now it may change as a migration does.
  await asked(
    url,
    `ALTER TYPE mood ADD VALUE 'bad'`,
    'ALTER TABLE old ADD COLUMN more int',
    'DROP VIEW seen',
    'REFRESH MATERIALIZED VIEW counted',
    'CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 2 $$',
    'INSERT INTO old (at) SELECT at FROM old',
    'DROP TABLE parts',
  );
  expect(await asked(url, 'SELECT count(*)::int FROM old')).toEqual([{ count: 2 }]);
  const store = await openStore(url);
  await migrate(store);
  await store.close();
  await second.stop();
}, 120_000);
