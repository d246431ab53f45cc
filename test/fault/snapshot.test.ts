import { crashOnChain, mine, postPrices, reorg, startAgent, startDevnet } from '@undertow/devnet';
import type { Devnet } from '@undertow/devnet';
import { SNAPSHOT_LOG_INDEX, type Fact } from '@undertow/market';
import { openWatch } from '../../apps/indexer/src/watch.ts';
import { followChain } from '../../apps/indexer/src/follow-chain.ts';
import { takeSnapshot } from '../../apps/indexer/src/take-snapshot.ts';
import { openTestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import type { TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import { addDatabase, indexFromScratch, indexToHead, readIndexed } from './index-from-scratch.ts';
import type { Indexed, IndexJob } from './index-from-scratch.ts';
import { chooseOnly, easilyLost } from './easily-lost.ts';
import { expectSameLedger, ledgerOf } from './whole-ledger.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.close());

async function jobOn(devnet: Devnet): Promise<IndexJob> {
  const network = { ...devnet.network, bootstrap: 'snapshot', finalityDepth: 3 } as const;
  return { network, rpcUrls: [devnet.url], databaseUrl: await addDatabase(database.connectionString) };
}

const read = ({ databaseUrl, network }: IndexJob) => readIndexed(databaseUrl, network.chainId);

/** What every log of the chain of a job says. */
const readLogs = (job: IndexJob) =>
  indexFromScratch({ ...job, network: { ...job.network, bootstrap: 'logs' } });

/** Facts of a snapshot whose time is another than that of their block, by what logs of that block say or by each other. */
function wrongTimes(taken: Indexed, logged: Indexed): readonly Fact[] {
  const times = new Map<number, number>();
  for (const { block, time } of [...logged.facts, ...taken.facts])
    times.set(block, Math.max(time, times.get(block) ?? 0));
  for (const { block, time } of logged.facts) times.set(block, time);
  return taken.facts.filter(({ block, time }) => times.get(block) !== time);
}

describe.each([21, 34])('a snapshot of chain %i, after the market has moved', (seed) => {
  let devnet: Devnet;
  let target: IndexJob;

  beforeAll(async () => {
    devnet = await startDevnet({ seed, accounts: 50 });
    await startAgent(devnet, { seed, everyMs: 0, ticks: 15 }).done;
    await chooseOnly(devnet);
    await mine(devnet, 3);
    target = await jobOn(devnet);
  }, 120_000);
  afterAll(() => devnet.stop());

  it('is the whole ledger that all logs make', async () => {
    await indexToHead(target);
    const logged = await readLogs(target);
    for (const [kind, count] of Object.entries(easilyLost(ledgerOf(logged))))
      expect({ kind, isThere: count > 0 }).toEqual({ kind, isThere: true });
    const taken = await read(target);
    expectSameLedger({ taken, logged, hasGoneOn: false });
    expect(wrongTimes(taken, logged)).toEqual([]);
  }, 120_000);

  it('is the same when few owners are read at a time', async () => {
    const few = await jobOn(devnet);
    const watch = await openWatch({ ...few, pollMs: 20 }, () => {});
    try {
      await takeSnapshot(watch, undefined, 7);
    } finally {
      await watch.close();
    }
    const [atOnce, byBatches] = await Promise.all([target, few].map(read));
    const { block } = byBatches!;
    const facts = atOnce!.facts.filter((fact) => fact.block <= block);
    expectSameLedger({ taken: byBatches!, logged: { ...atOnce!, facts }, hasGoneOn: false });
  }, 120_000);

  it('is the whole ledger still after a crash, and so is a new one', async () => {
    await startAgent(devnet, { seed: seed + 1, everyMs: 0, ticks: 15 }).done;
    await crashOnChain(devnet, { moves: { WETH: -0.2, WBTC: -0.2 } });
    await mine(devnet, 3);
    await indexToHead(target);
    const logged = await readLogs(target);
    expectSameLedger({ taken: await read(target), logged, hasGoneOn: true });
    const taken = await indexFromScratch(target);
    expectSameLedger({ taken, logged, hasGoneOn: false });
  }, 120_000);
});

describe('an indexer that starts from a snapshot', () => {
  let devnet: Devnet;

  beforeAll(async () => {
    devnet = await startDevnet({ seed: 8, accounts: 60 });
  }, 120_000);
  afterAll(() => devnet.stop());

  it('knows what one that read every log knows, and follows on from there', async () => {
    const target = await jobOn(devnet);
    await mine(devnet, 3);
    await indexToHead(target);
    const taken = await read(target);
    expect(taken.facts.some(({ logIndex }) => logIndex === SNAPSHOT_LOG_INDEX)).toBe(true);
    expect(taken.trusted).toBe(true);
    expectSameLedger({ taken, logged: await readLogs(target), hasGoneOn: false });

    await postPrices(devnet, { WETH: 190_000_000_000n });
    await indexToHead(target);
    const followed = await read(target);
    const { feedProxy: feed } = devnet.contracts.assets.WETH;
    const posted = followed.facts.slice(taken.facts.length);
    expect(posted.filter(({ logIndex }) => logIndex !== SNAPSHOT_LOG_INDEX)).toMatchObject([
      { kind: 'PricePosted', feed, answer: 190_000_000_000n },
    ]);
    // What is polled (the ratio of a staked token, its price, which follows from the feed's, what that is made of, and what
    // the option venue's pool is worth) comes beside it.
    const kinds = new Set(['PricePosted', 'FormulaPosted', 'RatioPosted', 'TermsChanged']);
    expect(new Set(posted.map(({ kind }) => kind))).toEqual(kinds);
    expect(followed.facts.slice(0, taken.facts.length)).toEqual(taken.facts);
  });

  it('takes another one when a reorg takes its block away', async () => {
    const target = await jobOn(devnet);
    await indexToHead(target);
    await reorg(devnet, 6);
    await mine(devnet);
    await indexToHead(target);
    const indexed = await read(target);
    expect(indexed.trusted).toBe(true);
    expectSameLedger({ taken: indexed, logged: await readLogs(target), hasGoneOn: false });
    expect(indexed).toEqual(await indexFromScratch(target));
  });

  it('reads the accounts in a new block when the search for them took long', async () => {
    const target = await jobOn(devnet);
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
    const { facts, block } = await read(target);
    expect(block).toBe(Number(await devnet.rpc<string>('eth_blockNumber')) - 3);
    expect(
      facts.filter(({ logIndex }) => logIndex === SNAPSHOT_LOG_INDEX).every((fact) => fact.block === block),
    ).toBe(true);
  });

  it('goes on with the search for owners where it was', async () => {
    const target = await jobOn(devnet);
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
    expect(await read(target)).toEqual(await indexFromScratch(target));
  });
});
