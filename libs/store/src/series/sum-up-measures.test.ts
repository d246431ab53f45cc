import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  forgetChain,
  keepHouse,
  migrate,
  openStore,
  readLastMeasures,
  readMeasureNames,
  readMeasureSeries,
  revertTo,
  writeFacts,
  writeMeasures,
  type Flavour,
  type Step,
  type Store,
} from '../index.ts';

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
const DAY = 86_400;
/** A block every twenty minutes, measured each; a day without any after two days. */
const BLOCKS = Array.from({ length: 3 * 72 }, (_, i) => i + 1).filter((block) => block <= 144 || block > 180);
const timeOf = (block: number) => MONDAY + block * 1_200;
const blockOf = (number: number, time = timeOf(number)) =>
  ({ number, hash: `0x${number}`, parentHash: `0x${number - 1}`, time }) as const;
/** The head a month and a little over a day later: the first day and more is old enough to be summed up. */
const HEAD = blockOf(10_000, MONDAY + 31.5 * DAY);

async function measured(chainId: number): Promise<void> {
  const blocks = [...BLOCKS.map((block) => blockOf(block)), HEAD];
  const { number: block, hash, time } = HEAD;
  await writeFacts(store, { chainId, facts: [], blocks, checkpoint: { block, hash, time } });
  for (const block of BLOCKS) {
    const of = { chainId, block, hash: `0x${block}` as const, time: timeOf(block), bookHash: 'a' };
    await writeMeasures(store, of, [
      { name: 'deviation', subject: 'oracle x', value: (block * 7) % 31 },
      ...(block % 2 ? [{ name: 'deviation', subject: 'oracle y', value: -block }] : []),
    ]);
  }
  // Of one block from two books: the later counts.
  const again = { chainId, block: 3, hash: '0x3', time: timeOf(3), bookHash: 'b' } as const;
  await writeMeasures(store, again, [{ name: 'deviation', subject: 'oracle x', value: 99 }]);
}

const series = async (chainId: number, step: Step, subject = 'oracle x') =>
  (
    await readMeasureSeries(store, {
      ...{ chainId, name: 'deviation', subject, step, from: MONDAY, to: MONDAY + 32 * DAY },
    })
  ).points;
const raw = async (chainId: number) =>
  Number(
    (await store.pool.query<{ count: string }>('SELECT count(*) FROM measure WHERE chain_id = $1', [chainId]))
      .rows[0]!.count,
  );

it('keeps hours of what is older than a month, which give the same hours and days as all of it gave', async () => {
  await measured(1);
  const read = async () =>
    Promise.all([
      series(1, 'hour'),
      series(1, 'day'),
      series(1, 'hour', 'oracle y'),
      series(1, 'day', 'oracle y'),
    ]);
  const before = await read();
  const all = await raw(1);
  expect((await keepHouse(store, 1, 64)).hours).toBe(24);
  expect(await read()).toEqual(before);
  expect((await keepHouse(store, 1, 64)).hours).toBe(0);
  // Chunks of TimescaleDB go when all that is in them may.
  expect(await raw(1)).toBe(flavour === 'plain' ? all - 71 - 36 - 1 : all);
  expect(await readMeasureNames(store, 1)).toEqual([
    { name: 'deviation', subject: 'oracle x' },
    { name: 'deviation', subject: 'oracle y' },
  ]);
  // A minute has what its hour came to, where the last of it was measured.
  const [first, second] = await series(1, 'minute');
  expect(first).toEqual({ time: timeOf(2), value: 14, least: 7, greatest: 14, blocks: 2 });
  expect(second).toMatchObject({ time: timeOf(5), greatest: 99, blocks: 3 });
  // What was measured last is not summed up, and nothing is added to what is.
  const last = { chainId: 1, names: ['deviation'], block: HEAD.number, before: HEAD.time, most: 1 };
  expect((await readLastMeasures(store, last)).map(({ time }) => time)).toEqual([timeOf(216), timeOf(215)]);
  const late = { chainId: 1, block: 6, hash: '0x6', time: timeOf(6), bookHash: 'c' } as const;
  expect(await writeMeasures(store, late, [{ name: 'deviation', subject: 'oracle x', value: 1 }])).toBe(0);
});

it('takes hours back with the chain, and forgets them with it', async () => {
  await revertTo(store, 1, 39);
  // The hour knew of a block above: what is still there one by one counts again.
  const hours = await series(1, 'hour');
  expect(hours.at(-1)!.time).toBe(MONDAY + (flavour === 'plain' ? 12 : 13) * 3_600);
  const again = { chainId: 1, block: 39, hash: '0x39', time: timeOf(39), bookHash: 'd' } as const;
  expect(await writeMeasures(store, again, [{ name: 'deviation', subject: 'oracle x', value: 5 }])).toBe(1);
  expect((await series(1, 'hour')).at(-1)).toMatchObject({ time: MONDAY + 13 * 3_600, value: 5 });
  await forgetChain(store, 1);
  expect(await series(1, 'hour')).toEqual([]);
  expect(await readMeasureNames(store, 1)).toEqual([]);
});
