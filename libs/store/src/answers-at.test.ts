import type { PricePosted } from '@undertow/market';
import fc from 'fast-check';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';
import { migrate, openStore, readAnswersAt, writeFacts, type Store } from './index.ts';

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

const HEAD = 12;
const timeOf = (block: number) => 1_704_067_200 + block * 12;
const feed = fc.constantFrom('a', 'b');
const said = fc.record({ feed, block: fc.nat(HEAD), logIndex: fc.nat(3), answer: fc.bigInt() });

test('a feed is asked for its newest answer at or before a log', async () => {
  let chainId = 0;
  const facts = fc.uniqueArray(said, {
    selector: ({ block, logIndex }) => `${block} ${logIndex}`,
    maxLength: 20,
  });
  const wanted = fc.array(fc.record({ feed, block: fc.nat(HEAD), logIndex: fc.nat(3) }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(facts, wanted, async (given, places) => {
      chainId += 1;
      const posted = given.map((one): PricePosted => ({
        ...{ kind: 'PricePosted', chainId, part: 0, time: timeOf(one.block), round: 1n, updatedAt: 0 },
        ...one,
      }));
      const head = { block: HEAD, hash: '0x0c', time: timeOf(HEAD) } as const;
      await writeFacts(store, {
        ...{ chainId, facts: posted, reference: {}, checkpoint: head },
        blocks: [{ number: HEAD, hash: head.hash, parentHash: '0x0b', time: head.time }],
      });
      const asked = places.map((place) => ({ ...place, time: timeOf(place.block) }));
      const order = ({ block, logIndex }: { block: number; logIndex: number }) => block * 10 + logIndex;
      const expected = places.map(
        (place) =>
          given
            .filter((one) => one.feed === place.feed && order(one) <= order(place))
            .sort((a, b) => order(b) - order(a))[0]?.answer,
      );
      expect(await readAnswersAt(store, chainId, asked)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
});
