import { openTestDatabase, type TestDatabase } from '../fixtures/test-database.ts';
import {
  claimWork,
  dropOldSweeps,
  dropSweepBooks,
  keepSweep,
  keepSweepBook,
  keepSweepChunk,
  migrate,
  openStore,
  readSweepBook,
  readSweepChunks,
  readSweepRanges,
  readSweeps,
  setSweep,
  type NewSweep,
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

const sweep = (id: string): NewSweep => ({
  ...{ id, chainId: 1, block: 7, blockHash: '0x07', bookHash: `book ${id}`, scenarios: 10 },
  ...{ plan: '{"seed":0.1}', planHash: 'p' },
});
const chunk = (from: number, to: number, fill = 1) => ({
  ...{ from, to, hash: `h${fill}` },
  buffer: new Uint8Array(16).fill(fill).buffer,
});
const only = async (id: string) => (await readSweeps(store, { chainId: 1, id, most: 2 }))[0];

it('keeps a book of several parts, once, and gives it back as memory that threads share', async () => {
  const bytes = new Uint8Array(new SharedArrayBuffer(9_000_001)).fill(7);
  bytes[8_999_999] = 9;
  expect(await readSweepBook(store, 'big')).toBeUndefined();
  // Who was ended in between left some parts and no row.
  await store.pool.query('INSERT INTO sweep_book_part VALUES ($1, 0, $2)', [
    'big',
    Buffer.from(bytes.slice(0, 4e6)),
  ]);
  expect(await readSweepBook(store, 'big')).toBeUndefined();
  await Promise.all([keepSweepBook(store, 'big', bytes), keepSweepBook(store, 'big', bytes)]);
  const back = (await readSweepBook(store, 'big'))!;
  expect(back).toBeInstanceOf(SharedArrayBuffer);
  expect(Buffer.compare(Buffer.from(back), Buffer.from(bytes))).toBe(0);
  await store.pool.query('DELETE FROM sweep_book_part WHERE hash = $1 AND part = 1', ['big']);
  await expect(readSweepBook(store, 'big')).rejects.toThrow('part 1 of the book big is missing');
});

it('drops books that no sweep runs on, but none that was just kept', async () => {
  await keepSweepBook(store, 'book used', new Uint8Array([1]));
  await keepSweepBook(store, 'book unused', new Uint8Array([2]));
  await keepSweep(store, sweep('used'));
  expect(await dropSweepBooks(store)).toBe(0);
  await store.pool.query(
    `UPDATE sweep_book SET kept_at = now() - interval '2 hours' WHERE hash LIKE 'book%'`,
  );
  expect(await dropSweepBooks(store)).toBe(1);
  expect(await readSweepBook(store, 'book unused')).toBeUndefined();
  expect(await readSweepBook(store, 'book used')).toBeDefined();
});

it('keeps results of a sweep: the same again changes nothing, others are refused', async () => {
  await keepSweep(store, sweep('a'));
  await keepSweepChunk(store, 'a', chunk(4, 10, 2));
  await keepSweepChunk(store, 'a', chunk(0, 4));
  await keepSweepChunk(store, 'a', chunk(0, 4));
  await expect(keepSweepChunk(store, 'a', chunk(0, 4, 3))).rejects.toThrow('came out otherwise');
  expect(await readSweepRanges(store, 'a')).toEqual([
    { from: 0, to: 4 },
    { from: 4, to: 10 },
  ]);
  expect(await readSweepChunks(store, 'a')).toEqual([chunk(0, 4), chunk(4, 10, 2)]);
  expect(await only('a')).toMatchObject({ ...sweep('a'), state: 'running', done: 10, endedAt: undefined });
});

it('says how a sweep stands, and leaves one that is done as it is', async () => {
  await keepSweep(store, sweep('b'));
  await setSweep(store, 'b', { chunkScenarios: 5 });
  await setSweep(store, 'b', { chunkScenarios: 6 });
  expect(await setSweep(store, 'b', { state: 'failed', reason: 'no book' })).toBe(true);
  expect(await only('b')).toMatchObject({ state: 'failed', reason: 'no book', chunkScenarios: 5 });
  expect((await only('b'))!.endedAt).toBeGreaterThan(0);
  await setSweep(store, 'b', { state: 'running' });
  expect(await only('b')).toMatchObject({ state: 'running', reason: undefined, endedAt: undefined });
  await setSweep(store, 'b', { state: 'done', summary: '{}' });
  expect(await setSweep(store, 'b', { state: 'cancelled' })).toBe(false);
  await keepSweep(store, sweep('b'));
  expect(await only('b')).toMatchObject({ state: 'done', summary: '{}' });
  const running = await readSweeps(store, { chainId: 1, state: 'running', most: 10 });
  expect(running.map(({ id }) => id).sort()).toEqual(['a', 'used']);
  expect(await readSweeps(store, { chainId: 2, most: 10 })).toEqual([]);
});

it('drops old sweeps with their results, and none that runs', async () => {
  await setSweep(store, 'a', { state: 'cancelled' });
  await store.pool.query(`UPDATE sweep SET started_at = started_at - interval '1 hour' WHERE id = 'a'`);
  expect(await dropOldSweeps(store, { chainId: 1, keep: 1 })).toBe(1);
  const left = await readSweeps(store, { chainId: 1, most: 10 });
  expect(left.map(({ id }) => id).sort()).toEqual(['b', 'used']);
  expect(await readSweepChunks(store, 'a')).toEqual([]);
});

it('lets one process at a time run a sweep', async () => {
  const claim = (await claimWork(store, 'sweep', 'b'))!;
  expect(await claimWork(store, 'sweep', 'b')).toBeUndefined();
  expect(await claimWork(store, 'sweep', 'c').then((other) => other?.release())).toBeUndefined();
  await claim.release();
  await claim.lost;
  const again = await claimWork(store, 'sweep', 'b');
  expect(again).toBeDefined();
  await again!.release();
});
