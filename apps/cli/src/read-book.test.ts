import { migrate, openStore, writeFacts } from '@undertow/store';
import { openTestDatabase, type TestDatabase } from '../../../libs/store/src/fixtures/test-database.ts';
import { readIndexed } from './read-book.ts';

let database: TestDatabase;
const given = process.env['DATABASE_URL'];
const timeOf = (block: number) => 1_704_067_200 + block * 12;
const hashOf = (block: number) => `0x0${block}` as const;

// A price at block 3, and nothing in the blocks up to 7.
beforeAll(async () => {
  database = await openTestDatabase();
  process.env['DATABASE_URL'] = database.connectionString;
  const store = await openStore(database.connectionString);
  await migrate(store);
  const at = { chainId: 1, block: 3, logIndex: 0, part: 0, time: timeOf(3) };
  await writeFacts(store, {
    chainId: 1,
    facts: [
      { kind: 'PricePosted', ...at, feed: '0xfeed', answer: 200_000_000_000n, round: 1n, updatedAt: 0 },
    ],
    reference: {
      feeds: [{ id: '0xfeed', chainId: 1, description: 'ETH / USD', decimals: 8 }],
    },
    blocks: [3, 4, 5, 6, 7].map((number) => ({
      ...{ number, hash: hashOf(number), parentHash: hashOf(number - 1), time: timeOf(number) },
    })),
    checkpoint: { block: 7, hash: hashOf(7), time: timeOf(7) },
  });
  await store.close();
});

afterAll(async () => {
  if (given === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = given;
  await database?.close();
});

it('gives the book at a block with what its interest is by then', async () => {
  const { book, blockHash } = await readIndexed({ data: 'unused' });
  expect([book.block, book.time, blockHash]).toEqual([3, timeOf(7), hashOf(7)]);
});

it('gives it as of the block that it names, so that block, time and hash of a report belong together', async () => {
  for (const block of [3, 5, 7]) {
    const { book, blockHash } = await readIndexed({ data: 'unused', block, atLastChange: true });
    expect([book.block, book.time, blockHash]).toEqual([3, timeOf(3), hashOf(3)]);
  }
});

it('says that a block is not stored', async () => {
  await expect(readIndexed({ data: 'unused', block: 8 })).rejects.toThrow('Block 8 of chain 1 is not stored');
});
