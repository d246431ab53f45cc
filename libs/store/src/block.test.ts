import fc from 'fast-check';
import { spreadTruth } from './fixtures/spread-truth.ts';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';
import { migrate, openStore, readSpreadBlocks, type Store } from './index.ts';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
});

afterAll(async () => {
  await store?.close();
  await database?.close();
});

const height = fc.nat(400);

test('blocks of a range are spread evenly over it, both ends among them', async () => {
  let chainId = 0;
  const range = fc.record({
    ...{ from: fc.option(height, { nil: undefined }), to: fc.option(height, { nil: undefined }) },
    most: fc.integer({ min: 2, max: 20 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(height, { maxLength: 60 }), range, async (numbers, wanted) => {
      chainId += 1;
      await store.pool.query(
        `INSERT INTO block (chain_id, number, hash, parent_hash, time)
         SELECT $1, number, '0x' || number, '0x', to_timestamp(number * 12) FROM unnest($2::bigint[]) AS number`,
        [chainId, numbers],
      );
      const found = await readSpreadBlocks(store, chainId, wanted);
      const stored = numbers.toSorted((a, b) => a - b);
      expect(found.map(({ number }) => number)).toEqual(spreadTruth(stored, wanted));
      for (const { number, hash, time } of found) expect([hash, time]).toEqual([`0x${number}`, number * 12]);
      const within = stored.filter((one) => one >= (wanted.from ?? 0) && one <= (wanted.to ?? Infinity));
      expect([found[0]?.number, found.at(-1)?.number]).toEqual([within[0], within.at(-1)]);
      expect(found.length).toBeLessThanOrEqual(wanted.most);
    }),
    { numRuns: 60 },
  );
});

test('blocks before those whose facts are kept are none that can be asked of', async () => {
  const chainId = 10_000;
  await store.pool.query(
    `INSERT INTO block (chain_id, number, hash, parent_hash, time)
     SELECT $1, number, '0x', '0x', to_timestamp(number) FROM generate_series(1, 9) AS number`,
    [chainId],
  );
  await store.pool.query(`INSERT INTO checkpoint (chain_id, block, kept_above) VALUES ($1, 9, 4)`, [chainId]);
  const numbers = async (from: number | undefined, most: number) =>
    (await readSpreadBlocks(store, chainId, { from, to: undefined, most })).map(({ number }) => number);
  expect(await numbers(undefined, 10)).toEqual([4, 5, 6, 7, 8, 9]);
  expect(await numbers(2, 2)).toEqual([4, 9]);
  expect(await numbers(6, 10)).toEqual([6, 7, 8, 9]);
});
