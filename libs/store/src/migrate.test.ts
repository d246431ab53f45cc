import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConfigError } from '@undertow/units';
import { migrate, openStore, readFacts, type Store } from './index.ts';
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

/** Compresses what a table holds, and bounds how many compressed rows new connections may rewrite. */
async function compressWithLeastRoom(table: string): Promise<void> {
  // The job of a migration of then may be at it too.
  const { rows } = await store.pool.query<{ chunk: string }>(
    'SELECT chunk FROM show_chunks($1::regclass) AS chunk',
    [table],
  );
  for (const { chunk } of rows)
    await store.pool.query('SELECT compress_chunk($1, true)', [chunk]).catch((error: Error) => {
      if (!/already compressed/.test(error.message)) throw error;
    });
  const { pathname } = new URL(database.connectionString);
  await store.pool.query(
    `ALTER DATABASE ${pathname.slice(1)} SET timescaledb.max_tuples_decompressed_per_dml_transaction = 1`,
  );
  await store.close();
  store = await openStore(database.connectionString);
}

describe('the migrations that there are', () => {
  const MIGRATIONS = new URL('../../../migrations/', import.meta.url);

  beforeEach(async () => {
    await store.close();
    await database.close();
    database = await openTestDatabase();
    store = await openStore(database.connectionString);
  });

  it('keep terms that were stored with plain strings for integers', async () => {
    const old = (await readdir(MIGRATIONS)).filter((file) => file < '0003');
    for (const file of old) await copyFile(new URL(file, MIGRATIONS), join(folder, file));
    const { flavour } = await run();
    const stored = [
      {
        ...{ form: 'reserve', asset: '0x01', decimals: 18, label: '7', isActive: true, debtCeiling: '0' },
        ...{ loanToValueBps: '8000', liquidationThresholdBps: '8250', liquidationBonusBps: '500' },
        ...{ liquidationProtocolFeeBps: '1000', reserveFactorBps: '0', oracle: { form: 'feed', feed: '12' } },
      },
      { form: 'pair', liquidationThresholdWad: '860000000000000000' },
      { form: 'pair', oracle: { form: 'ratio', base: ['1'], quote: [], scaleFactor: '1' + '0'.repeat(46) } },
    ];
    for (const [part, patch] of stored.entries()) {
      await store.pool.query(
        `INSERT INTO terms_changed VALUES (to_timestamp(1700000000), 1, 5, 0, $1, 'v', 'm', $2)`,
        [part, JSON.stringify(patch)],
      );
    }
    await store.pool.query('INSERT INTO checkpoint (chain_id, block, facts) VALUES (1, 5, 3)');
    if (flavour === 'timescale') await compressWithLeastRoom('terms_changed');
    await migrate(store);
    const patches = [];
    for await (const facts of readFacts(store, 1, { upTo: 5 })) {
      for (const fact of facts) if (fact.kind === 'TermsChanged') patches.push(fact.patch);
    }
    expect(patches).toEqual([
      {
        ...{ form: 'reserve', asset: '0x01', decimals: 18, label: '7', isActive: true, debtCeiling: 0n },
        ...{ loanToValueBps: 8000n, liquidationThresholdBps: 8250n, liquidationBonusBps: 500n },
        ...{ liquidationProtocolFeeBps: 1000n, reserveFactorBps: 0n, oracle: { form: 'feed', feed: '12' } },
      },
      { form: 'pair', liquidationThresholdWad: 86n * 10n ** 16n },
      { form: 'pair', oracle: { form: 'ratio', base: ['1'], quote: [], scaleFactor: 10n ** 46n } },
    ]);
  });

  it('give a snapshot’s indices the time of their block, and keep until when they were accrued', async () => {
    const old = (await readdir(MIGRATIONS)).filter((file) => file < '0013');
    for (const file of old) await copyFile(new URL(file, MIGRATIONS), join(folder, file));
    const { flavour } = await run();
    const stored = [
      // Block, log, part, seconds; a year apart, so that they lie in other chunks.
      [5, 2_147_483_647, 0, 1_668_000_000],
      [5, 2_147_483_647, 1, 1_700_000_000],
      [5, 3, 0, 1_700_000_000],
      [7, 2_147_483_647, 0, 1_650_000_000],
    ];
    await store.pool.query('INSERT INTO checkpoint (chain_id, block) VALUES (1, 7)');
    await store.pool.query(`INSERT INTO block VALUES (1, 5, '0x05', '0x04', to_timestamp(1700000000))`);
    for (const row of stored) {
      await store.pool.query(
        `INSERT INTO index_accrued (chain_id, block, log_index, part, time, venue, market, form, side, index_ray, rate_per_year_ray)
           VALUES (1, $1, $2, $3, to_timestamp($4), 'v', 'm', 'ray', 'debt', 7, 8)`,
        row,
      );
    }
    if (flavour === 'timescale') await compressWithLeastRoom('index_accrued');
    await migrate(store);
    const found = [];
    for await (const facts of readFacts(store, 1, { upTo: 7 })) found.push(...facts);
    const accrual = { form: 'ray', side: 'debt', indexRay: 7n, ratePerYearRay: 8n };
    const fact = { kind: 'IndexAccrued', chainId: 1, venue: 'v', market: 'm', accrual };
    expect(found).toEqual([
      { ...fact, block: 5, logIndex: 3, part: 0, time: 1_700_000_000 },
      { ...fact, block: 5, logIndex: 2_147_483_647, part: 0, time: 1_700_000_000, accruedAt: 1_668_000_000 },
      { ...fact, block: 5, logIndex: 2_147_483_647, part: 1, time: 1_700_000_000 },
      // A block that is not stored has no time to give.
      { ...fact, block: 7, logIndex: 2_147_483_647, part: 0, time: 1_650_000_000 },
    ]);
  });
});
