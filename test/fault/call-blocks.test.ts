import { ledgerLines, toBook } from '@undertow/book';
import { ledgerAt } from '@undertow/ledgers';
import { mine, postPrices, startAgent, startDevnet, type Devnet } from '@undertow/devnet';
import { SNAPSHOT_LOG_INDEX, type Fact } from '@undertow/market';
import { openStore, readBlocks, readCheckpoint, readIncidents, type Store } from '@undertow/store';
import { storedCalls } from '../../apps/indexer/src/due-calls.ts';
import { followChain } from '../../apps/indexer/src/follow-chain.ts';
import { openWatch } from '../../apps/indexer/src/watch.ts';
import { openTestDatabase, type TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { addDatabase, indexToHead, readIndexed, type IndexJob } from './index-from-scratch.ts';

let devnet: Devnet;
let database: TestDatabase;

beforeAll(async () => {
  [devnet, database] = await Promise.all([startDevnet({ seed: 9, accounts: 40 }), openTestDatabase()]);
}, 120_000);
afterAll(async () => {
  await database?.close();
  await devnet?.stop();
});

const job = async (callsEvery = 1): Promise<IndexJob> => ({
  network: { ...devnet.network, callsEvery },
  rpcUrls: [devnet.url],
  databaseUrl: await addDatabase(database.connectionString),
});

/** The market moves, and blocks pass in which nothing does. */
async function live(seed: number): Promise<void> {
  await startAgent(devnet, { seed, everyMs: 0, ticks: 3 }).done;
  await mine(devnet, seed % 3);
}

const byCalls = (facts: readonly Fact[]) => facts.filter(({ logIndex }) => logIndex === SNAPSHOT_LOG_INDEX);

async function withStore<T>({ databaseUrl }: IndexJob, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(databaseUrl);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/** Books by hash and ledgers by line at some blocks. */
const atBlocks = (target: IndexJob, blocks: readonly { number: number; time: number }[]) =>
  withStore(target, async (store) => {
    const found = [];
    for (const { number, time } of blocks) {
      const ledger = (await ledgerAt(store, devnet.network.chainId, number))!;
      found.push({ number, book: toBook(ledger, { time }).hash, lines: ledgerLines(ledger) });
    }
    return found;
  });

it.each([1, 3])(
  'who follows head by head and who comes later call at the same blocks: every %i',
  async (every) => {
    const [steady, restarted, late] = [await job(every), await job(every), await job(every)];
    const watch = await openWatch({ ...steady, pollMs: 20 }, () => {});
    const follower = followChain(watch);
    const follow = async () => {
      while (await follower.round());
    };
    for (let seed = 1; seed <= 9; seed++) {
      await live(seed * every);
      await follow();
      // Another, now and then, in a process of its own each time.
      if (seed % 4 === 0) await indexToHead(restarted);
    }
    await indexToHead(restarted);
    await indexToHead(late);
    await watch.close();
    const [one, other, fresh] = [steady, restarted, late].map(({ databaseUrl }) =>
      readIndexed(databaseUrl, devnet.network.chainId),
    );
    const [first, second, third] = [await one!, await other!, await fresh!];
    expect(byCalls(first.facts).every(({ block }) => block % every === 0)).toBe(true);
    // Each began where the chain still kept its state; all tell everything at the first block of the next period.
    const begun = await Promise.all(
      [steady, restarted, late].map((target) =>
        withStore(
          target,
          async (store) => storedCalls(await readCheckpoint(store, devnet.network.chainId))!.from,
        ),
      ),
    );
    const common = Math.ceil(Math.max(...begun) / (50 * every)) * 50 * every;
    expect(common).toBeLessThan(first.block);
    const from = (facts: readonly Fact[]) =>
      facts.filter(({ block, logIndex }) => logIndex !== SNAPSHOT_LOG_INDEX || block >= common);
    expect(byCalls(from(first.facts)).length).toBeGreaterThan(5);
    expect(from(second.facts)).toEqual(from(first.facts));
    expect(from(third.facts)).toEqual(from(first.facts));
    const stored = await withStore(steady, (store) => readBlocks(store, devnet.network.chainId));
    const past = stored.filter(({ number }) => number >= common);
    const some = past.filter((_block, i) => i % Math.ceil(past.length / 8) === 0);
    const expected = await atBlocks(steady, some);
    expect(await atBlocks(restarted, some)).toEqual(expected);
    expect(await atBlocks(late, some)).toEqual(expected);
  },
  300_000,
);

it('a chain that keeps no state so far back leaves a gap that is told, and one rule is kept', async () => {
  const target = await job();
  await indexToHead(target);
  const before = await withStore(target, (store) => readCheckpoint(store, devnet.network.chainId));
  expect(await withStore(target, (store) => readIncidents(store, 9))).toEqual([]);
  // More blocks than the chain keeps states of.
  await mine(devnet, 200);
  await postPrices(devnet, { WETH: 200_000_000_000n });
  await mine(devnet, 5);
  await indexToHead(target);
  const incidents = await withStore(target, (store) => readIncidents(store, 9));
  expect(incidents).toMatchObject([{ kind: 'endpoint', resolved: false }]);
  const [, first, last] = /Calls at blocks (\d+) to (\d+) of chain/.exec(incidents[0]!.message)!.map(Number);
  expect(first).toBe(before!.block + 1);
  const { facts } = await readIndexed(target.databaseUrl, devnet.network.chainId);
  const called = byCalls(facts).map(({ block }) => block);
  expect(called.filter((block) => block >= first! && block <= last!)).toEqual([]);
  expect(called.some((block) => block > last!)).toBe(true);
  const mixed = { ...target, network: { ...target.network, callsEvery: 5 } };
  await expect(indexToHead(mixed)).rejects.toThrow(/every block, but now every 5th block is asked for/);
}, 120_000);
