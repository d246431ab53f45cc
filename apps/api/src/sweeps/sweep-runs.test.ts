import { openEngine } from '@undertow/cascade';
import { EnginePool, POOL_ENGINE } from '@undertow/engine-pool';
import type { StoredChunk } from '@undertow/store';
import { openPlan, runRange, sweepKey, sweepShape, SweepTable } from '@undertow/sweep';
import { crowdBook } from '../../../../libs/cascade/src/fixtures/crowd-books.ts';
import { studentTPlan } from '../../../../libs/sweep/src/fixtures/plans.ts';
import { MemorySweeps } from '../../test-server/memory-sweeps.ts';
import { SweepRuns } from './sweep-runs.ts';

const head = { chainId: 1, block: 7, hash: '0x07', time: 1_000, reorg: false };
const book = crowdBook();
const plan = { ...studentTPlan, count: 60 };
const id = sweepKey({ plan, book, engine: POOL_ENGINE });

const pool = new EnginePool({ threads: 1 });
afterAll(() => pool.close());

/** Sweeps in chunks of 7, as of a machine that takes long; a test hears of every chunk that is kept, and holds up the next. */
class HeardSweeps extends MemorySweeps {
  hear: (kept: number) => Promise<unknown> | unknown = () => undefined;

  override set(...[one, to]: Parameters<MemorySweeps['set']>): Promise<boolean> {
    return super.set(one, to.chunkScenarios === undefined ? to : { ...to, chunkScenarios: 7 });
  }

  override async keepChunk(one: string, chunk: StoredChunk): Promise<void> {
    await super.keepChunk(one, chunk);
    await this.hear((await this.ranges(one)).length);
  }
}

const reported: unknown[] = [];
const runsOn = (source: MemorySweeps) => new SweepRuns(pool, source, (cause) => reported.push(cause));

async function over(runs: SweepRuns): Promise<unknown[]> {
  const states: unknown[] = [];
  for await (const { state, done } of runs.watch(id)) states.push([state, done]);
  return states;
}

it('goes on after it was cancelled, and after the process has ended, and comes to the bits of one run', async () => {
  const source = new HeardSweeps(1);
  const runs = runsOn(source);
  let cancelled: Promise<unknown> | undefined;
  source.hear = async (kept) => {
    // Two chunks may be kept at once.
    if (kept < 3 || cancelled) return;
    cancelled = runs.cancel(id);
    while ((await source.find(id))!.state === 'running')
      await new Promise((resolve) => setImmediate(resolve));
  };
  await runs.start({ book, head }, plan);
  expect((await over(runs)).at(-1)).toEqual(['cancelled', expect.any(Number)]);
  await cancelled;
  const { done } = await runs.find(id);
  // Three chunks, the last of which is short, and those that were under way.
  expect([18, 25, 32]).toContain(done);
  let closing: Promise<void> | undefined;
  source.hear = (kept) => {
    if (kept >= 6) closing ??= runs.onApplicationShutdown();
  };
  expect(await runs.resume(id)).toMatchObject({ state: 'running' });
  await over(runs);
  await closing;
  const left = await source.find(id);
  expect(left!.state).toBe('running');
  expect([39, 46, 53]).toContain(left!.done);

  const again = runsOn(source);
  again.onApplicationBootstrap();
  expect((await over(again)).at(-1)).toEqual(['done', 60]);
  const shape = sweepShape(book, { key: id, count: 60 });
  const table = new SweepTable(shape);
  const engine = openEngine(book, { kind: POOL_ENGINE });
  table.putChunk(runRange({ engine, opened: openPlan(plan, book), shape }, { from: 0, to: 60 }));
  const chunks = await source.chunks(id);
  expect(chunks.map(({ hash }) => hash)).toEqual(chunks.map((range) => table.chunk(range).hash));
  expect(chunks.map(({ to }) => to)).toEqual([7, 14, 21, 28, 35, 42, 49, 56, 60]);
  expect(reported).toEqual([]);
});

it('offers what is missing to workers, and runs only what they have not kept meanwhile', async () => {
  const source = new HeardSweeps(1);
  const shape = sweepShape(book, { key: id, count: 60 });
  const run = { shape, engine: openEngine(book, { kind: POOL_ENGINE }), opened: openPlan(plan, book) };
  const offered: string[] = [];
  source.offer = async (one, ranges) => {
    offered.push(...ranges.map(({ from, to }) => `${from}–${to}`));
    for (const range of ranges.slice(0, 5)) await source.keepChunk(one, runRange(run, range));
  };
  const asked: number[] = [];
  const counted = Object.assign(Object.create(pool) as EnginePool, {
    sweep: (...[of, range, signal]: Parameters<EnginePool['sweep']>) => {
      asked.push(range.from);
      return pool.sweep(of, range, signal);
    },
    sweepSummary: (...of: Parameters<EnginePool['sweepSummary']>) => pool.sweepSummary(...of),
  });
  const runs = new SweepRuns(counted, source, (cause) => reported.push(cause));
  await runs.start({ book, head }, plan);
  expect((await over(runs)).at(-1)).toEqual(['done', 60]);
  expect(offered).toEqual(['0–7', '7–14', '14–21', '21–28', '28–35', '35–42', '42–49', '49–56', '56–60']);
  // The first is the probe; then from the last backwards, down to what workers had.
  expect(asked[0]).toBe(0);
  expect(asked.slice(1)).toEqual(expect.arrayContaining([56, 49, 42, 35]));
  expect(asked.slice(1).every((from) => from >= 35)).toBe(true);
});

it('leaves a sweep to the process that runs it, and ends when it is cancelled there', async () => {
  const source = new HeardSweeps(1);
  const [here, there] = [runsOn(source), runsOn(source)];
  let isBegun = false;
  source.hear = async (kept) => {
    if (kept < 2 || isBegun) return;
    isBegun = true;
    await there.start({ book, head }, plan);
    expect(await there.cancel(id)).toMatchObject({ state: 'cancelled' });
  };
  await here.start({ book, head }, plan);
  expect((await over(there)).at(-1)).toEqual(['cancelled', expect.any(Number)]);
  await here.onApplicationShutdown();
  expect((await source.find(id))!.done).toBeLessThan(60);
});

it('says why it failed', async () => {
  const source = new HeardSweeps(1);
  source.book = async () => undefined;
  await source.keep({
    ...{ id, block: 7, blockHash: '0x07', bookHash: 'gone', plan: JSON.stringify(plan), planHash: '' },
    scenarios: 60,
  });
  const runs = runsOn(source);
  await runs.resume(id);
  await over(runs);
  expect(await runs.find(id)).toMatchObject({ state: 'failed', reason: expect.stringContaining('gone') });
  expect(reported).toHaveLength(1);
});
