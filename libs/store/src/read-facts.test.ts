import type { Fact, FactKind, Hex, PricePosted } from '@undertow/market';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';
import {
  FactsChangedError,
  forgetChain,
  migrate,
  openStore,
  readChangedAbove,
  readCheckpoint,
  readFacts,
  revertTo,
  writeFacts,
  type Store,
} from './index.ts';
import { PLANNER, selectFacts, type FactsWanted } from './read-facts.ts';

let database: TestDatabase;
let store: Store;
let lastChain = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
});
afterAll(async () => {
  await store?.close();
  await database?.close();
});

const hashOf = (block: number): Hex => `0x${block.toString(16).padStart(64, '0')}`;

const factsOf = (chainId: number, block: number, count: number): Fact[] =>
  Array.from({ length: count }, (_, logIndex) => {
    const key = { chainId, block, logIndex, part: 0, time: 1_700_000_000 + block };
    return logIndex % 2 === 0
      ? { kind: 'PricePosted', ...key, feed: 'eth', answer: 1n, round: 1n, updatedAt: 1 }
      : { kind: 'CategoryChosen', ...key, venue: 'v', owner: '0x01', category: 1 };
  });

/** Stores blocks `from` to `to`, with so many facts each; without facts, what is there stays. */
async function write(chainId: number, from: number, to: number, countOf: (block: number) => number) {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  await writeFacts(store, {
    ...{ chainId, facts: numbers.flatMap((block) => factsOf(chainId, block, countOf(block))) },
    blocks: [{ number: to, hash: hashOf(to), parentHash: hashOf(to - 1), time: to }],
    checkpoint: { block: to, hash: hashOf(to), time: to },
  });
}

async function read(chainId: number, batch: number, wanted: Omit<Partial<FactsWanted>, 'batch'> = {}) {
  const facts: Fact[] = [];
  for await (const some of readFacts(store, chainId, { upTo: Number.MAX_SAFE_INTEGER, batch, ...wanted })) {
    expect(some.length).toBeLessThanOrEqual(batch);
    expect(some.length).toBeGreaterThan(0);
    facts.push(...some);
  }
  return facts;
}

it('gives every fact once, in order, however many are in a block and however far blocks are apart', async () => {
  const chainId = ++lastChain;
  // Empty stretches, a block with more facts than a batch holds, and one with exactly a batch.
  const counts = new Map([
    ...[...Array(20).keys()].map((block) => [block, block % 3] as const),
    [500, 57],
    [501, 10],
    [30_000, 3],
    [9_000_000, 20],
  ]);
  for (const [block, count] of counts) await write(chainId, block, block, () => count);
  const all = [...counts].flatMap(([block, count]) => factsOf(chainId, block, count));
  for (const batch of [1, 7, 10, 1_000]) expect(await read(chainId, batch)).toEqual(all);
  expect(await read(chainId, 10, { after: 3, upTo: 500 })).toEqual(
    all.filter(({ block }) => block > 3 && block <= 500),
  );
  expect(await read(chainId, 10, { after: 9_000_000 })).toEqual([]);
  const kinds = ['PricePosted', 'CategoryChosen', 'Liquidated'] as const;
  for (const wanted of [...kinds.map((kind) => [kind]), kinds])
    expect(await read(chainId, 7, { kinds: wanted })).toEqual(
      all.filter(({ kind }) => (wanted as readonly string[]).includes(kind)),
    );
});

it('gives facts of some kinds only', async () => {
  const chainId = ++lastChain;
  await write(chainId, 1, 9, () => 3);
  const kindsOf = async (...kinds: FactKind[]) => {
    const seen: FactKind[] = [];
    for await (const some of readFacts(store, chainId, { upTo: 9, batch: 4, kinds }))
      seen.push(...some.map(({ kind }) => kind));
    return seen;
  };
  expect(await kindsOf('CategoryChosen')).toEqual(Array(9).fill('CategoryChosen'));
  expect(await kindsOf('Quarantined', 'PricePosted')).toEqual(Array(18).fill('PricePosted'));
});

it('keeps no transaction open while its reader works', async () => {
  const chainId = ++lastChain;
  await write(chainId, 1, 9, () => 2);
  for await (const some of readFacts(store, chainId, { upTo: 9, batch: 4 })) {
    expect(some.length).toBeGreaterThan(0);
    const { rows } = await store.pool.query<{ open: string }>(
      `SELECT count(*) AS open FROM pg_stat_activity
       WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()
         AND backend_type = 'client backend'`,
    );
    expect(rows[0]?.open).toBe('0');
  }
});

describe('a reader', () => {
  it('hears that the chain went back below what it wants, and of what still holds', async () => {
    const chainId = ++lastChain;
    await write(chainId, 1, 20, () => 2);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const some of readFacts(store, chainId, { upTo: 15, batch: 4 })) {
        if (seen.length === 0) await revertTo(store, chainId, 9);
        seen.push(...some.map(({ block }) => block));
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'RetryableError', above: 9 });
    await expect(reading).rejects.toBeInstanceOf(FactsChangedError);
    expect(seen).toEqual([1, 1, 2, 2]);
  });

  it('is not disturbed by what changes above what it wants', async () => {
    const chainId = ++lastChain;
    await write(chainId, 1, 20, () => 2);
    const seen: Fact[] = [];
    for await (const some of readFacts(store, chainId, { upTo: 15, batch: 4 })) {
      if (seen.length === 0) await revertTo(store, chainId, 15);
      seen.push(...some);
    }
    expect(seen).toHaveLength(30);
  });

  it('hears of it when it begins at an older revision', async () => {
    const chainId = ++lastChain;
    await write(chainId, 1, 20, () => 2);
    const { revision } = (await readCheckpoint(store, chainId))!;
    await revertTo(store, chainId, 9);
    await write(chainId, 10, 20, () => 2);
    const at = (upTo: number) => readFacts(store, chainId, { after: 5, upTo, revision }).next();
    await expect(at(20)).rejects.toMatchObject({ above: 9 });
    expect((await at(9)).value).toHaveLength(8);
    await forgetChain(store, chainId);
    await expect(at(9)).rejects.toMatchObject({ above: -1 });
  });
});

it('remembers above which block facts have changed since a revision, even when the chain was forgotten', async () => {
  const chainId = ++lastChain;
  const revision = async () => (await readCheckpoint(store, chainId))?.revision ?? -1;
  await write(chainId, 1, 20, () => 2);
  expect(await revision()).toBe(0);
  expect(await readChangedAbove(store, chainId, 0)).toBeUndefined();
  // The same range again changes nothing; a fact that was not there does, from its block on.
  await write(chainId, 5, 20, () => 2);
  expect(await revision()).toBe(0);
  const late: PricePosted = { ...(factsOf(chainId, 7, 5)[4] as PricePosted) };
  await writeFacts(store, {
    ...{ chainId, facts: [late], blocks: [] },
    checkpoint: { block: 20, hash: hashOf(20), time: 20 },
  });
  expect(await readChangedAbove(store, chainId, 0)).toBe(6);
  const second = await revision();
  await revertTo(store, chainId, 12);
  await revertTo(store, chainId, 12);
  const third = await revision();
  expect(await readChangedAbove(store, chainId, second)).toBe(12);
  expect(await readChangedAbove(store, chainId, third)).toBeUndefined();
  await forgetChain(store, chainId);
  expect(await revision()).toBe(-1);
  await write(chainId, 1, 2, () => 1);
  expect(await revision()).toBeGreaterThan(third);
  expect(await readChangedAbove(store, chainId, third)).toBe(-1);
});

it('is merged from indexes: the planner sorts nothing and scans no table, with statistics and without', async () => {
  const chainId = ++lastChain;
  await write(chainId, 1, 2_000, () => 10);
  const client = await store.pool.connect();
  try {
    for (const analyse of ['', 'ANALYZE price_posted; ANALYZE category_chosen']) {
      await client.query(`${analyse}; BEGIN; ${PLANNER}`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${selectFacts()}`, [
        ...[chainId, 3, 0, 0, 1_900, 10_000],
      ]);
      await client.query('ROLLBACK');
      // TimescaleDB has nothing to scan of kinds that are not there, and calls that sorting nothing.
      const plan = rows
        .map((row) => row['QUERY PLAN'])
        .join('\n')
        .replaceAll(/Sort .*\n +Sort Key: .*\n +-> +Result .*\n +One-Time Filter: false/g, 'nothing');
      expect(plan).toContain('Merge Append');
      expect(plan.match(/Index Scan using/g)?.length).toBeGreaterThanOrEqual(2);
      expect(plan).not.toMatch(/Sort (?!Key)|Seq Scan|Bitmap|JIT/);
    }
  } finally {
    client.release();
  }
});
