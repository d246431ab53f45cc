import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import { migrate, openStore, readNewestAnswers, writeFacts, type Store } from '../index.ts';

let database: TestDatabase;
let store: Store;
const CHAIN = 9;

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
const said = (block: number, feed: string, answer: bigint, logIndex = 0) => ({
  kind: 'PricePosted' as const,
  chainId: CHAIN,
  block,
  logIndex,
  part: 0,
  time: START + block * 12,
  feed,
  answer,
  round: BigInt(block),
  updatedAt: START + block * 12 - 3,
});

test('the newest answers of each feed come in order, up to a block and no later, those of others not', async () => {
  const blocks = Array.from({ length: 12 }, (_, row) => row + 1);
  const head = { block: 12, hash: `0x${'12'.padStart(64, '0')}`, time: START + 144 } as const;
  await writeFacts(store, {
    chainId: CHAIN,
    facts: blocks.flatMap((block) => [
      said(block, 'eth', BigInt(block) * 10n ** 8n),
      said(block, 'eth', BigInt(block) * 10n ** 8n + 5n * 10n ** 7n, 1),
      ...(block % 3 === 0 ? [said(block, 'btc', BigInt(block) * 10n ** 6n, 2)] : []),
    ]),
    reference: {},
    checkpoint: head,
    blocks: [{ number: head.block, hash: head.hash, parentHash: '0x11', time: head.time }],
  });
  const wanted = {
    chainId: CHAIN,
    feeds: [
      { id: 'eth', decimals: 8 },
      { id: 'btc', decimals: 6 },
      { id: 'never', decimals: 8 },
    ],
    toBlock: 10,
    to: START + 120,
    most: 3,
  };
  const answers = await readNewestAnswers(store, wanted);
  expect(answers.get('eth')).toEqual([
    { time: START + 108, price: 9.5 },
    { time: START + 120, price: 10 },
    { time: START + 120, price: 10.5 },
  ]);
  expect(answers.get('btc')!.map(({ price }) => price)).toEqual([3, 6, 9]);
  expect(answers.get('never')).toEqual([]);
  expect((await readNewestAnswers(store, { ...wanted, feeds: [] })).size).toBe(0);
});
