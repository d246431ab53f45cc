import type { Liquidated, PricePosted } from '@undertow/market';
import { migrate, openStore, writeFacts, type Store } from './index.ts';
import { openTestDatabase, type TestDatabase } from './fixtures/test-database.ts';

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

/** A Monday, 00:00 UTC. */
const MONDAY = 1_704_067_200;

const price = (time: number, logIndex: number, answer: bigint): PricePosted => ({
  ...{ kind: 'PricePosted', chainId: 1, block: time - MONDAY, logIndex, part: 0, time },
  ...{ feed: 'eth', answer, round: 1n, updatedAt: time },
});

const liquidation = (time: number, repaid: bigint): Liquidated => ({
  ...{
    kind: 'Liquidated',
    chainId: 1,
    block: time - MONDAY,
    logIndex: 90,
    part: 0,
    time,
    venue: 'v',
    market: 'm',
  },
  ...{
    owner: '0x01',
    liquidator: '0x02',
    collateralAsset: '0x03',
    debtAsset: '0x04',
    repaid,
    seized: 2n,
    badDebt: 1n,
  },
});

// The same rows on plain PostgreSQL and on TimescaleDB.
it('gives prices by minute and liquidations by hour', async () => {
  await writeFacts(store, {
    chainId: 1,
    facts: [
      ...[
        price(MONDAY, 5, 100n),
        price(MONDAY + 30, 1, 90n),
        price(MONDAY + 30, 2, 120n),
        price(MONDAY + 59, 0, 110n),
      ],
      ...[price(MONDAY + 60, 0, 7n), liquidation(MONDAY + 1, 10n ** 30n), liquidation(MONDAY + 3_599, 1n)],
      liquidation(MONDAY + 3_600, 5n),
    ],
    blocks: [],
    checkpoint: { block: 4_000, hash: '0x01', time: MONDAY + 4_000 },
  });
  const minute = 'extract(epoch FROM bucket)::int - $1 AS at, open, high, low, close, answers';
  expect(
    (await store.pool.query(`SELECT ${minute} FROM price_minute ORDER BY bucket`, [MONDAY])).rows,
  ).toEqual([
    { at: 0, open: '100', high: '120', low: '90', close: '110', answers: '4' },
    { at: 60, open: '7', high: '7', low: '7', close: '7', answers: '1' },
  ]);
  const hour = 'extract(epoch FROM hour)::int - $1 AS at, liquidations, repaid, seized, bad_debt';
  expect(
    (await store.pool.query(`SELECT ${hour} FROM liquidation_hour ORDER BY hour`, [MONDAY])).rows,
  ).toEqual([
    { at: 0, liquidations: '2', repaid: String(10n ** 30n + 1n), seized: '4', bad_debt: '2' },
    { at: 3600, liquidations: '1', repaid: '5', seized: '2', bad_debt: '1' },
  ]);
});
