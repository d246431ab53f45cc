import { mine, postPrices, reorg, startDevnet } from '@undertow/devnet';
import type { Devnet } from '@undertow/devnet';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Fact } from '@undertow/market';
import { openWatch } from '../../apps/indexer/src/watch.ts';
import { followChain } from '../../apps/indexer/src/follow-chain.ts';
import { openTestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import type { TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { addDatabase, indexFromScratch, indexToHead, readIndexed } from './index-from-scratch.ts';

let devnet: Devnet;
let database: TestDatabase;

beforeAll(async () => {
  [devnet, database] = await Promise.all([startDevnet({ seed: 8, accounts: 60 }), openTestDatabase()]);
}, 120_000);
afterAll(async () => {
  await database.close();
  await devnet.stop();
});

/** Shares by leg, without those that were all given back. */
function legs(facts: readonly Fact[]): ReadonlyMap<string, bigint> {
  const shares = new Map<string, bigint>();
  for (const fact of facts) {
    if (fact.kind !== 'LegChanged') continue;
    const key = [fact.venue, fact.market, fact.owner, fact.side].join(' ');
    shares.set(key, (shares.get(key) ?? 0n) + fact.sharesDelta);
  }
  return new Map([...shares].filter(([, sum]) => sum !== 0n).sort());
}

async function job(bootstrap: 'logs' | 'snapshot') {
  const network = { ...devnet.network, bootstrap, finalityDepth: 3 };
  return { network, rpcUrls: [devnet.url], databaseUrl: await addDatabase(database.connectionString) };
}

describe('an indexer that starts from a snapshot', () => {
  it('knows the same legs as one that read every log, and follows on from there', async () => {
    const target = await job('snapshot');
    await mine(devnet, 3);
    await indexToHead(target);
    const taken = await readIndexed(target.databaseUrl, devnet.network.chainId);
    expect(taken.facts.some(({ logIndex }) => logIndex === SNAPSHOT_LOG_INDEX)).toBe(true);
    expect(taken.trusted).toBe(true);
    expect(legs(taken.facts).size).toBeGreaterThan(60);
    const fromLogs = await indexFromScratch(await job('logs'));
    expect(legs(taken.facts)).toEqual(legs(fromLogs.facts));

    await postPrices(devnet, { WETH: 190_000_000_000n });
    await indexToHead(target);
    const followed = await readIndexed(target.databaseUrl, devnet.network.chainId);
    const { feedProxy: feed } = devnet.contracts.assets.WETH;
    const posted = followed.facts.slice(taken.facts.length);
    expect(posted.filter(({ logIndex }) => logIndex !== SNAPSHOT_LOG_INDEX)).toMatchObject([
      { kind: 'PricePosted', feed, answer: 190_000_000_000n },
    ]);
    // What is polled (the ratio of a staked token, its price, which follows from the feed's, and what the option venue's
    // pool is worth) comes beside it.
    const kinds = new Set(['PricePosted', 'RatioPosted', 'TermsChanged']);
    expect(new Set(posted.map(({ kind }) => kind))).toEqual(kinds);
    expect(followed.facts.slice(0, taken.facts.length)).toEqual(taken.facts);
  });

  it('takes another one when a reorg takes its block away', async () => {
    const target = await job('snapshot');
    await indexToHead(target);
    await reorg(devnet, 6);
    await mine(devnet);
    await indexToHead(target);
    const indexed = await readIndexed(target.databaseUrl, devnet.network.chainId);
    expect(indexed.trusted).toBe(true);
    expect(legs(indexed.facts)).toEqual(legs((await indexFromScratch(await job('logs'))).facts));
    expect(indexed).toEqual(await indexFromScratch(target));
  });

  it('reads the accounts in a new block when the search for them took long', async () => {
    const target = await job('snapshot');
    const watch = await openWatch({ ...target, pollMs: 20 }, () => {});
    const { rpc } = watch;
    let heads = 0;
    const getBlock: typeof rpc.getBlock = async (block) => {
      // The first look chooses a block; the chain goes on while owners are searched for.
      if (block === 'latest' && ++heads === 2) await mine(devnet, 20);
      return rpc.getBlock(block);
    };
    try {
      await followChain({ ...watch, rpc: { ...rpc, getBlock } }).round();
    } finally {
      await watch.close();
    }
    const { facts, block } = await readIndexed(target.databaseUrl, devnet.network.chainId);
    expect(block).toBe(Number(await devnet.rpc<string>('eth_blockNumber')) - 3);
    expect(
      facts.filter(({ logIndex }) => logIndex === SNAPSHOT_LOG_INDEX).every((fact) => fact.block === block),
    ).toBe(true);
  });

  it('goes on with the search for owners where it was', async () => {
    const target = await job('snapshot');
    const searched: number[] = [];
    const watch = await openWatch({ ...target, pollMs: 20 }, (message) => {
      if (message.type !== 'progress' || message.phase !== 'owners') return;
      searched.push(message.block);
      if (searched.length === 2) watch.rpc.close();
    });
    await expect(followChain(watch).round()).rejects.toThrow(/closed/);
    await watch.close();
    const onceMore: number[] = [];
    await indexToHead(target, (message) => {
      if (message.type === 'progress' && message.phase === 'owners') onceMore.push(message.block);
    });
    expect(Math.min(...onceMore)).toBeGreaterThan(searched[0] ?? 0);
    expect(await readIndexed(target.databaseUrl, devnet.network.chainId)).toEqual(
      await indexFromScratch(target),
    );
  });
});
