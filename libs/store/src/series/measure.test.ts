import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  lastMeasured,
  migrate,
  openStore,
  readMeasureNames,
  readMeasureSeries,
  revertTo,
  writeFacts,
  writeMeasures,
  type Store,
} from '../index.ts';

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
const blockOf = (number: number) => ({
  ...({ number, hash: `0x${number}`, parentHash: `0x${number - 1}`, time: START + number * 600 } as const),
});
const bookOf = (number: number, bookHash = 'a') => {
  const { hash, time } = blockOf(number);
  return { chainId: 1, block: number, hash, time, bookHash };
};
const debt = (value: number) => [{ name: 'debtUsd', subject: '', value }];
const read = async (step: 'hour' | 'day') =>
  (
    await readMeasureSeries(store, {
      ...{ chainId: 1, name: 'debtUsd', subject: '', from: START, to: START + 86_400, step },
    })
  ).points;

it('keeps measures once for a block and a book, until the chain goes back below the block', async () => {
  const blocks = [1, 2, 3, 4, 5, 6, 7].map(blockOf);
  const checkpoint = { block: 7, hash: '0x7', time: START + 4_200 } as const;
  await writeFacts(store, { chainId: 1, facts: [], blocks, checkpoint });
  expect(await lastMeasured(store, 1)).toBeUndefined();
  expect(await writeMeasures(store, bookOf(1), debt(10))).toBe(1);
  expect(await writeMeasures(store, bookOf(1), debt(10))).toBe(0);
  expect(await writeMeasures(store, bookOf(2), debt(30))).toBe(1);
  expect(await writeMeasures(store, bookOf(3), debt(20))).toBe(1);
  expect(
    await writeMeasures(store, bookOf(7), [...debt(5), { name: 'lossUsd', subject: 'ETH=-0.3', value: 1 }]),
  ).toBe(2);
  expect(await read('hour')).toEqual([
    { time: START, value: 20, least: 10, greatest: 30, blocks: 3 },
    { time: START + 3_600, value: 5, least: 5, greatest: 5, blocks: 1 },
  ]);
  // The same block, from a book that came out otherwise: the later one counts.
  expect(await writeMeasures(store, bookOf(7, 'b'), debt(6))).toBe(1);
  expect(await read('day')).toEqual([{ time: START, value: 6, least: 6, greatest: 30, blocks: 4 }]);
  expect(await readMeasureNames(store, 1)).toEqual([
    { name: 'debtUsd', subject: '' },
    { name: 'lossUsd', subject: 'ETH=-0.3' },
  ]);
  await revertTo(store, 1, 2);
  expect(await lastMeasured(store, 1)).toBe(2);
  expect(await read('day')).toEqual([{ time: START, value: 30, least: 10, greatest: 30, blocks: 2 }]);
  // Computed before the chain went back, given after it.
  expect(await writeMeasures(store, bookOf(7), debt(5))).toBe(0);
  await expect(writeMeasures(store, bookOf(2), debt(NaN))).rejects.toThrow(/is no number/);
});
