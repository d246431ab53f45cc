import { mine, postPrices, reorg, startDevnet } from '@undertow/devnet';
import type { Devnet } from '@undertow/devnet';
import { openStore, readCheckpoint, readIncidents } from '@undertow/store';
import { openTestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import type { TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { addDatabase, expectSame, indexFromScratch, indexToHead, readIndexed } from './index-from-scratch.ts';

let devnet: Devnet;
let database: TestDatabase;

beforeAll(async () => {
  [devnet, database] = await Promise.all([startDevnet({ seed: 5, accounts: 40 }), openTestDatabase()]);
}, 120_000);
afterAll(async () => {
  await database.close();
  await devnet.stop();
});

async function job(finalityDepth = devnet.network.finalityDepth) {
  const databaseUrl = await addDatabase(database.connectionString);
  return { network: { ...devnet.network, finalityDepth }, rpcUrls: [devnet.url], databaseUrl };
}

/** Blocks that say something, so that a reorg has something to take back. */
async function speak(blocks: number, from: bigint): Promise<void> {
  for (let block = 0; block < blocks; block++) {
    if (block % 5 === 0) await postPrices(devnet, { WETH: from + BigInt(block) * 1_000_000n });
    else await mine(devnet);
  }
}

describe('an indexer on a real chain', () => {
  it.each([1, 7, 50])('ends with what a clean index says after a reorg of %i blocks', async (depth) => {
    const target = await job();
    await speak(depth + 2, 200_000_000_000n);
    await indexToHead(target);
    const before = await readIndexed(target.databaseUrl, devnet.network.chainId);
    await reorg(devnet, depth);
    await speak(3, 150_000_000_000n);
    const told: number[] = [];
    await indexToHead(
      target,
      (message) => message.type === 'head' && message.reorg && told.push(message.reorg),
    );
    expect(told).toEqual([depth]);
    const after = await readIndexed(target.databaseUrl, devnet.network.chainId);
    expect(after.facts).not.toEqual(before.facts);
    expectSame(after, await indexFromScratch(target));
  });

  it('says that what it served was not true before it goes back beyond finality', async () => {
    const target = await job(5);
    await speak(20, 210_000_000_000n);
    await indexToHead(target);
    await reorg(devnet, 18);
    await mine(devnet);
    const store = await openStore(target.databaseUrl);
    const seen: unknown[] = [];
    await indexToHead(target, (message) => {
      // The first thing told comes after the store says it and before anything is taken back.
      if (seen.length === 0) seen.push(message.type, readCheckpoint(store, devnet.network.chainId));
    });
    expect(seen[0]).toBe('error');
    expect(await seen[1]).toMatchObject({
      trusted: false,
      reason: expect.stringContaining('beyond the finality depth of 5'),
    });
    expect(await readCheckpoint(store, devnet.network.chainId)).toMatchObject({ trusted: true });
    expect(await readIncidents(store, 1)).toMatchObject([{ kind: 'deep-reorg', resolved: true }]);
    await store.close();
    expectSame(await readIndexed(target.databaseUrl, devnet.network.chainId), await indexFromScratch(target));
  });
});
