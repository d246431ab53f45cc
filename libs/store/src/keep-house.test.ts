import type { Fact } from '@undertow/market';
import { feedTruth } from './fixtures/series-truth.ts';
import { hasTimescale, openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';
import {
  keepHouse,
  migrate,
  openStore,
  readBlocks,
  readFacts,
  readFeedSeries,
  revertTo,
  writeFacts,
  type Flavour,
  type Store,
} from './index.ts';

const onTimescale = (await hasTimescale()) ? it : it.skip;

let database: TestDatabase;
let store: Store;
let flavour: Flavour;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  ({ flavour } = await migrate(store));
});

afterAll(async () => {
  await store?.close();
  await database?.close();
});

/** A Monday, 00:00 UTC, years before the server's clock. */
const MONDAY = 1_704_067_200;
const BLOCK_SECONDS = 12;

const price = (block: number, chainId = 1): Fact => ({
  ...{ kind: 'PricePosted', chainId, block, logIndex: 0, part: 0, time: MONDAY + block * BLOCK_SECONDS },
  ...{ feed: 'f', answer: BigInt(block + 1), round: 1n, updatedAt: 0 },
});
const blockOf = (number: number) => ({
  ...({
    number,
    hash: `0x${number}`,
    parentHash: `0x${number - 1}`,
    time: MONDAY + number * BLOCK_SECONDS,
  } as const),
});

/** A hundred days of 7,200 blocks, with a price every 3,600. */
const HEAD = 720_000;
const FACTS = Array.from({ length: 200 }, (_, place) => price(place * 3_600));

async function allFacts(): Promise<Fact[]> {
  const found: Fact[] = [];
  for await (const facts of readFacts(store, 1, { upTo: HEAD })) found.push(...facts);
  return found;
}

/** How many chunks are compressed, and the time before which they end; on TimescaleDB. */
async function compressed(): Promise<Record<'chunks' | 'ofAggregates' | 'end', number>> {
  const { rows } = await store.pool.query<Record<'chunks' | 'ofAggregates' | 'end', number>>(
    `SELECT count(*)::int AS chunks,
       count(*) FILTER (WHERE hypertable_name LIKE '_materialized%')::int AS "ofAggregates", extract(epoch FROM max(range_end))::float AS "end"
     FROM timescaledb_information.chunks WHERE is_compressed`,
  );
  return rows[0]!;
}

it('aggregates, compresses and prunes what is long past by the clock of the chain, and changes no answer', async () => {
  const blocks = Array.from({ length: 7_201 }, (_, place) => blockOf(place * 100));
  const { hash, time } = blockOf(HEAD);
  await writeFacts(store, { chainId: 1, facts: FACTS, blocks, checkpoint: { block: HEAD, hash, time } });
  const kept = await keepHouse(store, 1, 64);
  expect(kept.days).toBe(99);
  expect(kept.chunks > 0).toBe(flavour === 'timescale');
  // All of the last 50,000 blocks and one of every 300 before.
  expect(kept.blocks).toBeGreaterThan(4_000);
  const stored = await readBlocks(store, 1, { limit: 10_000 });
  expect(stored.length).toBe(blocks.length - kept.blocks);
  expect(stored.filter(({ number }) => number >= HEAD - 50_000)).toHaveLength(501);
  for (const { number } of blocks) {
    const [at] = await readBlocks(store, 1, { to: number, limit: 1 });
    if (number >= 300) expect(number - at!.number).toBeLessThan(300);
    if (number > 3_000 && number < HEAD - 60_000) break;
  }
  expect(await keepHouse(store, 1, 64)).toEqual({ days: 0, chunks: 0, blocks: 0, hours: 0 });
  if (flavour === 'timescale') {
    const { end, ofAggregates } = await compressed();
    expect(end).toBeLessThanOrEqual(time - 7 * 86_400);
    expect(ofAggregates).toBeGreaterThan(0);
  }
  expect(await allFacts()).toEqual(FACTS);
  const wanted = { chainId: 1, feed: 'f', decimals: 0, from: MONDAY, to: time, step: 'hour' } as const;
  expect((await readFeedSeries(store, wanted)).points).toEqual(feedTruth(FACTS, wanted));

  // Back into what is compressed and kept, and on again by another way.
  const back = 100_000;
  await revertTo(store, 1, back);
  const before = FACTS.filter(({ block }) => block <= back);
  expect((await readFeedSeries(store, wanted)).points).toEqual(feedTruth(before, wanted));
  const other = [
    ...before,
    ...FACTS.filter(({ block }) => block > back).map((fact) => price(fact.block + 5)),
  ];
  await writeFacts(store, {
    ...{ chainId: 1, facts: other.slice(before.length), blocks: [blockOf(HEAD)] },
    checkpoint: { block: HEAD, hash, time },
  });
  expect((await readFeedSeries(store, wanted)).points).toEqual(feedTruth(other, wanted));
  expect((await keepHouse(store, 1, 64)).days).toBeGreaterThan(80);
  expect((await readFeedSeries(store, wanted)).points).toEqual(feedTruth(other, wanted));
  expect(await allFacts()).toEqual(other);
});

onTimescale('leaves alone what any chain is near, whichever clock the others have', async () => {
  const { chunks } = await compressed();
  expect(chunks).toBeGreaterThan(0);
  // A second chain whose head is in the middle of the first one's past.
  const head = 40 * 7_200;
  const { hash, time } = blockOf(head);
  await writeFacts(store, {
    ...{ chainId: 2, facts: [price(head, 2)], blocks: [] },
    checkpoint: { block: head, hash, time },
  });
  const near = await store.pool.query<{ chunk: string }>(
    `SELECT format('%I.%I', chunk_schema, chunk_name) AS chunk FROM timescaledb_information.chunks
     WHERE is_compressed AND range_start <= to_timestamp($1) AND range_end > to_timestamp($1) AND hypertable_name = 'price_posted'`,
    [time],
  );
  expect(near.rows.length).toBeGreaterThan(0);
  for (const { chunk } of near.rows) await store.pool.query(`CALL convert_to_rowstore('${chunk}')`);
  const { chunks: left } = await compressed();
  expect((await keepHouse(store, 2, 64)).chunks).toBe(0);
  expect((await compressed()).chunks).toBe(left);
});
