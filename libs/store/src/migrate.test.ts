import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '@undertow/units';
import { migrate, openStore, type Store } from './index.ts';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';

let database: TestDatabase;
let store: Store;
let folder: string;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'undertow-migrations-'));
  await store.pool.query('DROP TABLE IF EXISTS migration, a, b');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

afterAll(async () => {
  await store?.close();
  await database?.close();
});

const write = (name: string, sql: string) => writeFile(join(folder, name), sql);
const run = () => migrate(store, pathToFileURL(`${folder}/`));
const tables = async () =>
  (
    await store.pool.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname ~ '^(a|b|a_x)$' ORDER BY 1`,
    )
  ).rows.map(({ name }) => name);

describe('migrate', () => {
  it('runs each file once, in order, of this flavour only', async () => {
    await write('0001_a.sql', 'CREATE TABLE a (x int); INSERT INTO a VALUES (1)');
    await write('0002_b.plain.sql', 'ALTER TABLE a ADD flavour text; UPDATE a SET flavour = $$plain$$');
    await write(
      '0002_b.timescale.sql',
      'ALTER TABLE a ADD flavour text; UPDATE a SET flavour = $$timescale$$',
    );
    const first = await run();
    expect(first.applied).toEqual(['0001_a.sql', `0002_b.${first.flavour}.sql`]);
    expect((await store.pool.query('SELECT * FROM a')).rows).toEqual([{ x: 1, flavour: first.flavour }]);
    expect((await run()).applied).toEqual([]);
    await write('0003_c.sql', 'INSERT INTO a VALUES (2)');
    expect((await run()).applied).toEqual(['0003_c.sql']);
  });

  it('runs once when two start together', async () => {
    await write('0001_a.sql', 'CREATE TABLE a (x int)');
    const both = await Promise.all([run(), run()]);
    expect(both.map(({ applied }) => applied.length).sort()).toEqual([0, 1]);
  });

  it('keeps nothing of a file that fails, and goes on from there', async () => {
    await write('0001_a.sql', 'CREATE TABLE a (x int)');
    await write('0002_b.sql', 'CREATE TABLE b (x int); SELECT 1 / 0');
    await expect(run()).rejects.toThrow(/division by zero/);
    expect(await tables()).toEqual(['a']);
    await write('0002_b.sql', 'CREATE TABLE b (x int)');
    expect((await run()).applied).toEqual(['0002_b.sql']);
  });

  it('runs a statement outside of a transaction when the file says so', async () => {
    await write('0001_a.sql', 'CREATE TABLE a (x int)');
    await write('0002_x.sql', '-- no transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS a_x ON a (x)');
    await run();
    expect(await tables()).toEqual(['a', 'a_x']);
  });

  it('refuses an edited file and a database newer than the code', async () => {
    await write('0001_a.sql', 'CREATE TABLE a (x int)');
    await write('0002_b.sql', 'CREATE TABLE b (x int)');
    await run();
    await write('0001_a.sql', 'CREATE TABLE a (x int, y int)');
    await expect(run()).rejects.toThrow(/0001_a.sql was run on this database.*never edited/);
    await write('0001_a.sql', 'CREATE TABLE a (x int)\r\n'.trimEnd());
    await rm(join(folder, '0002_b.sql'));
    await expect(run()).rejects.toThrow(/newer Undertow \(migration 0002_b.sql/);
    await expect(run()).rejects.toBeInstanceOf(ConfigError);
  });

  it('refuses names and numbers that leave the order open', async () => {
    await write('0001_a.sql', '');
    await write('0003_c.sql', '');
    await expect(run()).rejects.toThrow(/numbered 1, 2, 3/);
    await write('two.sql', '');
    await expect(run()).rejects.toThrow(/two.sql is not named/);
  });
});
