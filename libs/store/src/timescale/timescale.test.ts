import { randomBytes } from 'node:crypto';
import { ConfigError } from '@undertow/units';
import fc from 'fast-check';
import pg from 'pg';
import type { Fact } from '@undertow/market';
import { arbitraryFacts, timeOf } from '../fixtures/arbitrary-facts.ts';
import { hasTimescale, openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  inspectDatabase,
  keepHouse,
  migrate,
  openStore,
  readFacts,
  readMeasureNames,
  toTimescale,
  writeExchangePrices,
  writeFacts,
  writeMeasures,
  type Store,
} from '../index.ts';

// What users of TimescaleDB have: it is only asked where the tests run on a server that has it.
const isThere = await hasTimescale();
const onTimescale = isThere ? it : it.skip;

let database: TestDatabase;
const role = `undertow_${randomBytes(4).toString('hex')}`;

beforeAll(async () => {
  database = await openTestDatabase();
});

afterAll(async () => {
  if (isThere)
    await sql(database.connectionString, `DROP OWNED BY ${role}; DROP ROLE ${role}`).catch(() => {});
  await database?.close();
});

async function sql(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Another database on the same server. */
async function addDatabase(): Promise<string> {
  const url = new URL(database.connectionString);
  const name = `${url.pathname.slice(1)}_${randomBytes(4).toString('hex')}`;
  await sql(database.connectionString, `CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  return url.href;
}

async function inStore<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(url);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The seed makes no difference to what is tested. */
const FACTS = fc.sample(arbitraryFacts(1), { numRuns: 1, seed: 3 })[0]!;

const EXCHANGE_PRICE = {
  exchange: 'kraken',
  symbol: 'ETH/USD',
  time: timeOf(99),
  price: 2_000,
  volume: undefined,
  exchangeTime: undefined,
  isCandle: false,
};

async function fill(store: Store): Promise<void> {
  const checkpoint = { block: 99, hash: '0x01', time: timeOf(99) } as const;
  await writeFacts(store, {
    chainId: 1,
    facts: FACTS,
    blocks: [{ number: 99, hash: '0x01', parentHash: '0x00', time: timeOf(99) }],
    checkpoint,
  });
}

async function allFacts(store: Store): Promise<Fact[]> {
  const found: Fact[] = [];
  for await (const facts of readFacts(store, 1, { upTo: 99 })) found.push(...facts);
  return found;
}

onTimescale('works with the extension in a schema of its own', async () => {
  const url = await addDatabase();
  await sql(url, 'CREATE SCHEMA "My tools"; CREATE EXTENSION timescaledb SCHEMA "My tools"');
  await inStore(url, async (store) => {
    expect(await migrate(store)).toMatchObject({ flavour: 'timescale' });
    await fill(store);
    await keepHouse(store, 1, 64);
    expect(await allFacts(store)).toEqual(FACTS);
    expect(await inspectDatabase(store)).toMatchObject({
      ...{ flavour: 'timescale', reason: undefined, extension: { schema: 'My tools' } },
      timescale: { hypertables: 19, continuousAggregates: 9, policies: 0 },
    });
    expect((await migrate(store)).applied).toEqual([]);
    expect(await lengthsOfAggregates(url)).toEqual({ minute: 30, hour: 90, day: 360 });
  });
});

/** Days of a chunk of each step, when all kinds have the same. */
async function lengthsOfAggregates(url: string): Promise<Record<string, number>> {
  const rows = await sql(
    url,
    `SELECT DISTINCT split_part(view_name, '_', 2) AS step, extract(day FROM time_interval)::int AS days
     FROM timescaledb_information.continuous_aggregates AS kept
     JOIN timescaledb_information.dimensions AS cut ON cut.hypertable_name = kept.materialization_hypertable_name`,
  );
  expect(rows).toHaveLength(3);
  return Object.fromEntries(rows.map(({ step, days }) => [String(step), Number(days)]));
}

onTimescale(
  'goes plain where the user may not create the extension, says so, and moves when it is there',
  async () => {
    const url = await addDatabase();
    await sql(url, `CREATE ROLE ${role} LOGIN PASSWORD 'secret'; GRANT ALL ON SCHEMA public TO ${role}`);
    const own = new URL(url);
    [own.username, own.password] = [role, 'secret'];
    await inStore(own.href, async (store) => {
      const first = await migrate(store);
      expect(first).toMatchObject({
        flavour: 'plain',
        note: expect.stringMatching(/may not create the extension/),
      });
      await fill(store);
      await keepHouse(store, 1, 64);
      const measured = { chainId: 1, block: 99, hash: '0x01', time: timeOf(99), bookHash: 'b' } as const;
      expect(await writeMeasures(store, measured, [{ name: 'debtUsd', subject: '', value: 5 }])).toBe(1);
      expect(await writeExchangePrices(store, [EXCHANGE_PRICE])).toBe(1);
      await expect(toTimescale(store)).rejects.toThrow(
        /cannot become TimescaleDB's: this user may not create/,
      );
      await expect(toTimescale(store)).rejects.toBeInstanceOf(ConfigError);
      expect(await allFacts(store)).toEqual(FACTS);
      await sql(url, 'CREATE EXTENSION timescaledb');
      await toTimescale(store);
      await expect(toTimescale(store)).rejects.toThrow(/TimescaleDB's already/);
    });
    await inStore(own.href, async (store) => {
      expect(await migrate(store)).toEqual({ flavour: 'timescale', applied: [] });
      expect((await inspectDatabase(store)).timescale).toMatchObject({
        hypertables: 19,
        continuousAggregates: 9,
      });
      expect(await allFacts(store)).toEqual(FACTS);
      expect(await readMeasureNames(store, 1)).toEqual([{ name: 'debtUsd', subject: '' }]);
      expect(await writeExchangePrices(store, [EXCHANGE_PRICE])).toBe(0);
      await keepHouse(store, 1, 64);
      expect(await lengthsOfAggregates(url)).toEqual({ minute: 30, hour: 90, day: 360 });
      // The same tables as those that were TimescaleDB's from the start.
      expect(await shape(store)).toEqual(
        await inStore(await addDatabase(), async (fresh) => {
          await migrate(fresh);
          return shape(fresh);
        }),
      );
    });
  },
);

/** Columns and indexes of all tables, and how they are cut and compressed. */
async function shape(store: Store): Promise<unknown> {
  const { rows: columns } = await store.pool.query(
    `SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
     WHERE table_schema = 'public' ORDER BY table_name COLLATE "C", column_name COLLATE "C"`,
  );
  const { rows: indexes } = await store.pool.query(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef COLLATE "C"`,
  );
  const { rows: chunks } = await store.pool.query(
    `SELECT hypertable_name, time_interval::text FROM timescaledb_information.dimensions
     WHERE hypertable_schema = 'public' ORDER BY hypertable_name COLLATE "C"`,
  );
  const { rows: settings } = await store.pool.query(
    `SELECT hypertable::text, segmentby, orderby FROM timescaledb_information.hypertable_columnstore_settings
     WHERE hypertable::text !~ 'materialized' ORDER BY 1`,
  );
  return { columns, indexes, chunks, settings };
}

onTimescale('goes plain with the Apache edition, and says so', async () => {
  const url = await addDatabase();
  await sql(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timescaledb.license = 'apache'`);
  await inStore(url, async (store) => {
    expect(await migrate(store)).toMatchObject({
      ...{ flavour: 'plain', note: expect.stringMatching(/Apache edition.*community edition/) },
    });
    await fill(store);
    expect(await allFacts(store)).toEqual(FACTS);
    await expect(toTimescale(store)).rejects.toThrow(/Apache edition/);
    expect(await inspectDatabase(store)).toMatchObject({ flavour: 'plain', timescale: undefined });
  });
});

onTimescale('migrates although the jobs of its first migrations start at once', async () => {
  const urls = await Promise.all(Array.from({ length: 8 }, addDatabase));
  const flavours = await Promise.all(
    urls.map((url) => inStore(url, async (store) => (await migrate(store)).flavour)),
  );
  expect(new Set(flavours)).toEqual(new Set(['timescale']));
});
