import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  forgetChain,
  lastFlagChange,
  migrate,
  openStore,
  readFlagChanges,
  readFlags,
  readLastMeasures,
  revertTo,
  writeFacts,
  writeMeasures,
  type FlagFilter,
  type Store,
  type StoredFlagChange,
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
const timeOf = (block: number) => START + block * 300;
const blockOf = (number: number) => ({
  ...({ number, hash: `0x${number}`, parentHash: `0x${number - 1}`, time: timeOf(number) } as const),
});
const bookOf = (number: number, bookHash = 'a') => ({
  ...{ chainId: 1, block: number, hash: blockOf(number).hash, time: timeOf(number), bookHash },
});

const stuck = (block: number, more: Partial<StoredFlagChange>): StoredFlagChange => ({
  ...{ kind: 'stuck', subject: 'feed x', label: 'ETH / USD', severity: 'warning', change: 'raised' },
  ...{ assets: ['WETH', 'wstETH'], venues: ['aave'], atStakeUsd: 5e6 },
  ...{ start: timeOf(1), raisedAt: timeOf(2), end: undefined, peak: 1.6, peakTime: timeOf(block) },
  ...more,
});
const capped = stuck(4, {
  ...{ kind: 'capped', subject: 'oracle y', label: 'wstETH', assets: ['wstETH'], severity: 'critical' },
  ...{ start: timeOf(3), raisedAt: timeOf(4), peak: -0.0285 },
});

beforeAll(async () => {
  const checkpoint = { block: 9, hash: '0x9', time: timeOf(9) } as const;
  await writeFacts(store, {
    ...{ chainId: 1, facts: [], blocks: [1, 2, 3, 4, 5, 6, 7, 8, 9].map(blockOf), checkpoint },
  });
  const age = (value: number) => [
    { name: 'ageOfHeartbeat', subject: 'feed x', value },
    { name: 'ageOfHeartbeat', subject: 'feed z', value: 0.1 },
    { name: 'capHeadroom', subject: 'oracle y', value: value / 10 },
    { name: 'debtUsd', subject: '', value: 5 },
  ];
  await writeMeasures(store, bookOf(1), age(1.5));
  await writeMeasures(store, bookOf(2), age(1.6), [stuck(2, {})]);
  await writeMeasures(store, bookOf(4), age(2.5), [
    stuck(4, { change: 'worsened', severity: 'critical', peak: 2.5 }),
    capped,
  ]);
  await writeMeasures(store, bookOf(7), age(0.2), [
    stuck(7, { change: 'ended', severity: 'critical', peak: 2.5, peakTime: timeOf(4), end: timeOf(6) }),
  ]);
});

const kinds = async (where: FlagFilter, block?: number) =>
  (await readFlags(store, { chainId: 1, block, where, most: 10 })).map(({ kind }) => kind);

it('says how flags stood at a block: those that stand first', async () => {
  const { change: _change, ...open } = capped;
  expect(await readFlags(store, { chainId: 1, where: {}, most: 10 })).toEqual([
    open,
    expect.objectContaining({ kind: 'stuck', severity: 'critical', end: timeOf(6), peak: 2.5 }),
  ]);
  expect(await readFlags(store, { chainId: 1, where: {}, most: 1 })).toHaveLength(1);
  expect(await kinds({}, 1)).toEqual([]);
  expect(await kinds({}, 3)).toEqual(['stuck']);
  const [before] = await readFlags(store, { chainId: 1, block: 3, where: {}, most: 1 });
  expect(before).toMatchObject({ severity: 'warning', end: undefined, peak: 1.6 });
});

it('finds flags by what they are, by asset, by severity, and by the time in which they stood', async () => {
  expect(await kinds({ isOpen: true })).toEqual(['capped']);
  expect(await kinds({ isOpen: false })).toEqual(['stuck']);
  expect(await kinds({ asset: 'WETH' })).toEqual(['stuck']);
  expect(await kinds({ asset: 'wstETH' })).toEqual(['capped', 'stuck']);
  expect(await kinds({ subject: 'feed x' })).toEqual(['stuck']);
  expect(await kinds({ kinds: ['capped', 'slow'] })).toEqual(['capped']);
  expect(await kinds({ severity: 'critical' })).toEqual(['capped', 'stuck']);
  expect(await kinds({ severity: 'warning' })).toEqual([]);
  expect(await kinds({ severity: 'warning' }, 3)).toEqual(['stuck']);
  // It stood from the first reading that raised it up to, and not at, the first that lowered it.
  expect(await kinds({ from: timeOf(6) })).toEqual(['capped']);
  expect(await kinds({ from: timeOf(6) - 1 })).toEqual(['capped', 'stuck']);
  expect(await kinds({ to: timeOf(3) })).toEqual(['stuck']);
  expect(await kinds({ to: timeOf(3) + 1 })).toEqual(['capped', 'stuck']);
  expect(await kinds({ to: timeOf(1) })).toEqual([]);
});

it('keeps a change of a block once, and nothing of a block that the chain does not have', async () => {
  const last = await lastFlagChange(store, 1);
  await writeMeasures(store, bookOf(4, 'b'), [], [capped]);
  await writeMeasures(store, { ...bookOf(8), hash: '0xother' }, [], [stuck(8, { start: timeOf(8) })]);
  expect(await lastFlagChange(store, 1)).toBe(last);
});

it('gives what was done to flags in the order in which it was kept', async () => {
  const all = await readFlagChanges(store, { chainId: 1, after: 0, most: 10 });
  expect(all.map(({ kind, change, block }) => `${kind} ${change} ${block}`)).toEqual([
    ...['stuck raised 2', 'stuck worsened 4', 'capped raised 4', 'stuck ended 7'],
  ]);
  const after = all[1]!.id;
  expect(await readFlagChanges(store, { chainId: 1, after, most: 1 })).toEqual([all[2]]);
  expect(await readFlagChanges(store, { chainId: 1, after: all.at(-1)!.id, most: 9 })).toEqual([]);
  expect(await lastFlagChange(store, 2)).toBe(0);
});

it('gives the newest values of measures before a moment, of every subject', async () => {
  const names = ['ageOfHeartbeat', 'capHeadroom'];
  const last = (block: number, most: number) =>
    readLastMeasures(store, { chainId: 1, names, block, before: timeOf(block), most });
  expect(await last(7, 2)).toEqual([
    { name: 'ageOfHeartbeat', subject: 'feed x', value: 1.6, time: timeOf(2) },
    { name: 'ageOfHeartbeat', subject: 'feed x', value: 2.5, time: timeOf(4) },
    { name: 'ageOfHeartbeat', subject: 'feed z', value: 0.1, time: timeOf(2) },
    { name: 'ageOfHeartbeat', subject: 'feed z', value: 0.1, time: timeOf(4) },
    { name: 'capHeadroom', subject: 'oracle y', value: 0.16, time: timeOf(2) },
    { name: 'capHeadroom', subject: 'oracle y', value: 0.25, time: timeOf(4) },
  ]);
  expect((await last(2, 1)).map(({ value }) => value)).toEqual([1.5, 0.1, 0.15]);
  expect(await last(1, 1)).toEqual([]);
});

it('goes back with the chain: a flag that ended above stands again, one that was raised above is gone', async () => {
  await revertTo(store, 1, 6);
  expect(await kinds({ isOpen: true })).toEqual(['capped', 'stuck']);
  await revertTo(store, 1, 3);
  expect(await readFlags(store, { chainId: 1, where: {}, most: 9 })).toMatchObject([
    { kind: 'stuck', severity: 'warning', peak: 1.6, end: undefined },
  ]);
  await forgetChain(store, 1);
  expect(await kinds({})).toEqual([]);
});
