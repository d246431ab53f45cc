import type { Liquidated } from '@undertow/market';
import fc from 'fast-check';
import { liquidationsTruth } from './fixtures/liquidation-truth.ts';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';
import { countLiquidations, migrate, openStore, readLiquidations, writeFacts, type Store } from './index.ts';

// Runs on plain PostgreSQL and, where UNDERTOW_TEST_DATABASE_URL names one, on TimescaleDB.

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

const START = 1_704_067_200;
const HEAD = 20;
const timeOf = (block: number) => START + block * 12;

const two = (name: string) => fc.constantFrom(`0x${name}1` as const, `0x${name}2` as const);
const some = fc.record({
  market: two('d'),
  ...{ block: fc.nat(HEAD), logIndex: fc.nat(2), part: fc.nat(1) },
  ...{
    venue: two('a'),
    owner: two('b'),
    liquidator: two('c'),
    collateralAsset: two('d'),
    debtAsset: two('d'),
  },
  seized: fc.bigInt(1n, 10n ** 30n),
  /** Not all that is stored has one. */
  trace: fc.option(
    two('e').map((transaction) => ({ transaction })),
    { nil: {} },
  ),
});
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const filter = fc.record({
  ...{ venue: maybe(two('a')), owner: maybe(two('b')), liquidator: maybe(two('c')), asset: maybe(two('d')) },
  market: maybe(two('d')),
  ...{ from: maybe(fc.nat(HEAD).map(timeOf)), to: maybe(fc.nat(HEAD).map(timeOf)) },
});

test('pages of liquidations that match give each once, newest first, from either end', async () => {
  let chainId = 0;
  const facts = fc.uniqueArray(some, {
    ...{ maxLength: 30, selector: ({ block, logIndex, part }) => `${block} ${logIndex} ${part}` },
  });
  await fc.assert(
    fc.asyncProperty(
      facts,
      filter,
      fc.nat(HEAD),
      fc.integer({ min: 1, max: 5 }),
      async (given, where, upTo, most) => {
        chainId += 1;
        const said = given.map(({ trace, ...one }): Liquidated => ({
          ...{ kind: 'Liquidated', chainId, time: timeOf(one.block), repaid: 5n, badDebt: 0n },
          ...{ ...one, ...trace },
        }));
        const head = { block: HEAD, hash: '0x14', time: timeOf(HEAD) } as const;
        await writeFacts(store, {
          ...{ chainId, facts: said, reference: {}, checkpoint: head },
          blocks: [{ number: HEAD, hash: head.hash, parentHash: '0x13', time: head.time }],
        });
        const wanted = { chainId, upTo, where };
        const [found, fromEnd]: [Liquidated[], Liquidated[]] = [[], []];
        for (;;) {
          const page = await readLiquidations(store, { ...wanted, most, after: found.at(-1) });
          found.push(...page);
          if (page.length < most) break;
        }
        for (;;) {
          const part = { most, before: fromEnd[0], isFromEnd: true };
          const page = await readLiquidations(store, { ...wanted, ...part });
          fromEnd.unshift(...page);
          if (page.length < most) break;
        }
        const truth = liquidationsTruth(said, wanted);
        expect(found).toEqual(truth);
        expect(fromEnd).toEqual(truth);
        const [after, before] = [truth[0], truth.at(-1)];
        const between = { most: 99, after, before };
        expect(await readLiquidations(store, { ...wanted, ...between })).toEqual(truth.slice(1, -1));
        expect(await countLiquidations(store, wanted)).toBe(found.length);
      },
    ),
    { numRuns: 40 },
  );
});
