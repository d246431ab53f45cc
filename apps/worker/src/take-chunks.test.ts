import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openEngine } from '@undertow/cascade';
import { POOL_ENGINE, sharedBook } from '@undertow/engine-pool';
import {
  keepSweep,
  keepSweepBook,
  migrate,
  openChunkQueue,
  openStore,
  readSweepChunks,
  readSweepRanges,
  setSweep,
  type ChunkQueue,
  type NewSweep,
  type Store,
} from '@undertow/store';
import { joinChunks, openPlan, planHash, runRange, sweepKey, sweepShape } from '@undertow/sweep';
import { crowdBook } from '../../../libs/cascade/src/fixtures/crowd-books.ts';
import { canIsolate, spawnIsolated } from './fixtures/spawn-isolated.ts';
import { openTestDatabase, type TestDatabase } from '../../../libs/store/src/fixtures/test-database.ts';
import { studentTPlan } from '../../../libs/sweep/src/fixtures/plans.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const SCENARIOS = 400;
const book = crowdBook();
const plan = { ...studentTPlan, count: SCENARIOS };
const id = sweepKey({ plan, book, engine: POOL_ENGINE });

const sweep: NewSweep = {
  ...{ id, chainId: 1, block: 7, blockHash: '0x07', bookHash: book.hash, scenarios: SCENARIOS },
  ...{ plan: JSON.stringify(plan), planHash: planHash(plan) },
};

let database: TestDatabase;
let store: Store;
let queue: ChunkQueue;
const workers: ChildProcess[] = [];
const reported: unknown[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  store = await openStore(database.connectionString);
  await migrate(store);
  queue = await openChunkQueue(database.connectionString, {
    leaseSeconds: 2,
    report: (cause) => reported.push(cause),
  });
});

afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await queue?.close();
  await store?.close();
  await database?.close();
});

const isolated = canIsolate();

/** A worker, in a network of its own where that can be. */
async function startWorker(place: number): Promise<ChildProcess> {
  const env = ({ host, port }: { readonly host: string; readonly port: number | string }) => {
    const url = new URL(database.connectionString);
    if (host !== '') [url.hostname, url.port] = [host, String(port)];
    return {
      ...process.env,
      ...{ DATABASE_URL: url.href, UNDERTOW_THREADS: '1', UNDERTOW_LEASE_SECONDS: '2' },
      UNDERTOW_LOG_LEVEL: 'silent',
    };
  };
  const { hostname: host, port } = new URL(database.connectionString);
  const { child, close } = isolated
    ? await spawnIsolated(MAIN, { place, to: { host, port: Number(port || 5_432) }, env })
    : { child: fork(MAIN, { env: env({ host: '', port }), execArgv: [] }), close: () => undefined };
  workers.push(child);
  child.once('exit', close);
  await once(child, 'message');
  return child;
}

const done = async () => (await readSweepChunks(store, id)).reduce((sum, { from, to }) => sum + to - from, 0);

const where = isolated ? 'each in a network of its own' : 'in one network, as no other can be made here';

it(`two processes, ${where}, run a sweep; one is killed in the middle of it: the bits are those of one process`, async () => {
  await keepSweepBook(store, book.hash, new Uint8Array((await sharedBook(book)).buffer));
  await keepSweep(store, sweep);
  const ranges = Array.from({ length: SCENARIOS / 10 }, (_, i) => ({ from: i * 10, to: i * 10 + 10 }));
  // Some are offered twice, as by an API that was begun anew.
  await queue.offer([...ranges, ...ranges.slice(0, 3)].map((range) => ({ ...range, sweep: id })));
  const [first] = await Promise.all([startWorker(0), startWorker(1)]);
  // One that took a task and was lost before it had done anything.
  const lost = await queue.take();
  expect(lost).toMatchObject({ sweep: id });
  while ((await done()) < 30) await new Promise((resolve) => setImmediate(resolve));
  first.kill('SIGKILL');
  await once(first, 'exit');
  const whenKilled = await done();
  while ((await done()) < SCENARIOS) await new Promise((resolve) => setImmediate(resolve));
  expect(whenKilled).toBeLessThan(SCENARIOS);
  const opened = openPlan(plan, book);
  const run = {
    ...{ opened, engine: openEngine(book, { kind: POOL_ENGINE }) },
    shape: sweepShape(book, { key: id, count: SCENARIOS }),
  };
  const whole = { from: 0, to: SCENARIOS };
  expect(joinChunks(await readSweepChunks(store, id), whole).hash).toBe(runRange(run, whole).hash);
  expect(reported).toEqual([]);
});

it('lays aside what was cancelled, and ends when it is asked to', async () => {
  const [cancelled, other] = ['a sweep that was cancelled', 'a sweep that goes on'];
  for (const one of [cancelled, other]) await keepSweep(store, { ...sweep, id: one });
  await setSweep(store, cancelled, { state: 'cancelled' });
  // The one worker that is left does one after the other.
  await queue.offer([cancelled, other].map((of) => ({ sweep: of, from: 0, to: 10 })));
  while ((await readSweepRanges(store, other)).length === 0)
    await new Promise((resolve) => setImmediate(resolve));
  expect(await readSweepRanges(store, cancelled)).toEqual([]);
  const [, second] = workers;
  second!.kill('SIGTERM');
  expect(await once(second!, 'exit')).toEqual([0, null]);
});
