import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Fact } from '@undertow/market';
import fc from 'fast-check';
import { copyRows } from './facts/copy-rows.ts';
import type { FactTable } from './facts/fact-table.ts';
import { FACT_TABLES } from './facts/fact-tables.ts';
import { arbitraryFacts, timeOf } from './fixtures/arbitrary-facts.ts';
import { feedTruth } from './fixtures/series-truth.ts';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';
import { inTransaction } from './in-transaction.ts';
import {
  keepHouse,
  migrate,
  openStore,
  readFacts,
  readFeedSeries,
  revertTo,
  writeFacts,
  type Store,
} from './index.ts';

let database: TestDatabase;
let store: Store;
let folder: string;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  folder = await mkdtemp(join(tmpdir(), 'undertow-upgrade-'));
});

afterAll(async () => {
  await store?.close();
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

const MIGRATIONS = new URL('../../../migrations/', import.meta.url);

async function allFacts(): Promise<Fact[]> {
  const found: Fact[] = [];
  for await (const facts of readFacts(store, 1, { upTo: 99 })) found.push(...facts);
  return found;
}

/** The seed makes no difference to what is tested. */
const FACTS = fc
  .sample(arbitraryFacts(1), { numRuns: 20, seed: 5 })
  .sort((a, b) => b.length - a.length)[0]!
  .map(withoutWhatCameLater);

/** Facts then had no time of their own beside the block's, and liquidations no transaction. */
function withoutWhatCameLater(fact: Fact): Fact {
  if (fact.kind === 'Liquidated') {
    const { transaction: _transaction, ...before } = fact;
    return before;
  }
  if (fact.kind !== 'IndexAccrued') return fact;
  const { accruedAt: _, ...before } = fact;
  return before;
}

const CAME_LATER = ['accrued_at', 'transaction'];

/** A table without the columns that came later, the last of theirs. */
function asItWas(table: FactTable<Fact>): FactTable<Fact> {
  const columns = table.columns.filter((column) => !CAME_LATER.includes(column));
  return { ...table, columns, toCells: (fact) => table.toCells(fact).slice(0, columns.length) };
}

it('a database of the eight migrations of 2026-11-29 opens with all that it held, compressed or not', async () => {
  const old = (await readdir(MIGRATIONS)).filter((file) => file < '0009');
  for (const file of old) await copyFile(new URL(file, MIGRATIONS), join(folder, file));
  const { flavour } = await migrate(store, pathToFileURL(`${folder}/`));
  await inTransaction(store, 'writing as it was done then', async (client) => {
    for (const [kind, facts] of Map.groupBy(FACTS, (fact) => fact.kind)) {
      const table = FACT_TABLES.find((one) => one.kind === kind)!;
      await copyRows(client, table.table, asItWas(table), facts);
    }
    await client.query(
      `INSERT INTO checkpoint (chain_id, block, hash, time, facts) VALUES (1, 99, '0x01', to_timestamp($1), $2)`,
      [timeOf(99), FACTS.length],
    );
  });
  if (flavour === 'timescale')
    await store.pool.query(`SELECT compress_chunk(chunk, true) FROM show_chunks('price_posted') AS chunk`);
  const { applied } = await migrate(store);
  expect(applied.length).toBeGreaterThan(2);
  expect(await allFacts()).toEqual(FACTS);
  await keepHouse(store, 1, 64);
  const feeds = new Set(FACTS.flatMap((fact) => (fact.kind === 'PricePosted' ? [fact.feed] : [])));
  expect(feeds.size).toBeGreaterThan(0);
  const compare = async (facts: readonly Fact[]) => {
    for (const feed of feeds) {
      const wanted = {
        chainId: 1,
        feed,
        decimals: 0,
        from: timeOf(0),
        to: timeOf(99) + 1,
        step: 'minute',
      } as const;
      expect((await readFeedSeries(store, wanted)).points).toEqual(feedTruth(facts, wanted));
    }
  };
  await compare(FACTS);
  // It is written on and taken back as one that was made today.
  await revertTo(store, 1, 50);
  const before = FACTS.filter(({ block }) => block <= 50);
  await compare(before);
  await writeFacts(store, {
    ...{ chainId: 1, facts: FACTS.filter(({ block }) => block > 50), blocks: [] },
    checkpoint: { block: 99, hash: '0x01', time: timeOf(99) },
  });
  await compare(FACTS);
  expect(await allFacts()).toEqual(FACTS);
});
