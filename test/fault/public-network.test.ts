import { applyFacts, emptyLedger, ledgerLines, toBook, type Book } from '@undertow/book';
import { openRpc, type CallReader } from '@undertow/chain';
import { encodeCall, mine, postPrices, startDevnet, type Devnet } from '@undertow/devnet';
import { SNAPSHOT_LOG_INDEX, type Address, type Hex, type Pool } from '@undertow/market';
import type { UniswapV3Deployment } from '@undertow/oracles';
import { migrate, openStore, type Store } from '@undertow/store';
import { openVenue, type AaveV3Deployment } from '@undertow/venues';
import { addPools } from '../../apps/cli/src/start/add-pools.ts';
import { addSequencer } from '../../apps/cli/src/start/add-sequencer.ts';
import { openNetwork } from '../../apps/cli/src/start/open-chain.ts';
import type { WatchedNetwork } from '../../apps/cli/src/start/known-network.ts';
import { openTestDatabase, type TestDatabase } from '../../libs/store/src/fixtures/test-database.ts';
import {
  addDatabase,
  indexFromScratch,
  indexToHead,
  readIndexed,
  type Indexed,
} from './index-from-scratch.ts';
import { SeenOwners } from '../../apps/indexer/src/seen-owners.ts';
import { startForgetful } from './forgetful-endpoint.ts';
import { addMulticall3, posedNetwork } from './pose-as-public.ts';

let devnet: Devnet;
let database: TestDatabase;
let store: Store;
let databaseUrl: string;

beforeAll(async () => {
  [devnet, database] = await Promise.all([
    startDevnet({ seed: 5, accounts: 60, venues: ['aaveV3', 'morphoBlue'] }),
    openTestDatabase(),
  ]);
  await addMulticall3(devnet);
  await mine(devnet, 3);
  databaseUrl = await addDatabase(database.connectionString);
  store = await openStore(databaseUrl);
  await migrate(store);
}, 120_000);
afterAll(async () => {
  await store?.close();
  await database?.close();
  await devnet?.stop();
});

function ledgerOf({ facts, reference }: Indexed) {
  const ledger = emptyLedger(reference);
  applyFacts(ledger, facts);
  return ledger;
}

function bookOf(indexed: Indexed, time: number): Book {
  return toBook(ledgerOf(indexed), { time });
}

const poolsOf = ({ deployments }: WatchedNetwork): readonly Pool[] =>
  deployments.flatMap((deployment) => (deployment.adapter === 'uniswap-v3' ? deployment.pools : []));

const say = () => {};

describe('a public network', () => {
  let network: WatchedNetwork;

  it('is opened, and its pools are found through the factory', async () => {
    const posed = posedNetwork(devnet);
    const chain = await openNetwork([devnet.url], devnet.network.chainId, posed);
    const found = await addPools(store, chain, { traded: posed.traded, say });
    network = found.network;
    const listed = devnet.network.deployments.find(({ adapter }) => adapter === 'uniswap-v3');
    const pools = (listed as UniswapV3Deployment).pools.toSorted((a, b) => (a.address < b.address ? -1 : 1));
    expect(poolsOf(network)).toEqual(pools);
    expect(found.summary).toMatch(new RegExp(`^Pools: ${pools.length}, at block \\d+$`));
  });

  it('gives the book that all its logs give', async () => {
    const job = { network, rpcUrls: [devnet.url], databaseUrl };
    await indexToHead(job);
    const taken = await readIndexed(databaseUrl, network.chainId);
    const logs = await indexFromScratch({ ...job, network: devnet.network });
    const time = Number(
      (await devnet.rpc<{ timestamp: string }>('eth_getBlockByNumber', ['latest', false])).timestamp,
    );
    const [ours, theirs] = [bookOf(taken, time), bookOf(logs, time)];
    expect(ours.accounts.count).toBe(theirs.accounts.count);
    expect(ours.accounts.owner).toEqual(theirs.accounts.owner);
    expect(ours.legs.amount).toEqual(theirs.legs.amount);
    expect(ours.depth.filter(Boolean)).toHaveLength(theirs.depth.filter(Boolean).length);
    // Nobody buys it: told, with its accounts in the book.
    expect(ours.coverage).toMatchObject({ share: 1, gaps: [{ source: 'RWA' }] });
    const state = (indexed: Indexed) =>
      ledgerLines(ledgerOf(indexed)).filter((line) => !/^(price|market)/.test(line));
    expect(state(taken)).toEqual(state(logs));
  });

  it('knows of the debt of an account that was not read', async () => {
    const taken = await readIndexed(databaseUrl, network.chainId);
    const { time } = ledgerOf(taken).at!;
    const whole = bookOf(taken, time);
    const venue = 'aave-v3@devnet';
    const unread = whole.accounts.owner.find(
      (_owner, i) => whole.venues[whole.accounts.venue[i]!]!.id === venue,
    );
    const facts = taken.facts.filter(
      (fact) => !('owner' in fact) || fact.venue !== venue || fact.owner !== unread,
    );
    const { coverage } = bookOf({ ...taken, facts }, time);
    expect(coverage.accounts).toBe(whole.coverage.accounts - 1);
    expect(coverage.share).toBeLessThan(1);
    expect(coverage.knownDebtUsd / whole.coverage.knownDebtUsd).toBeCloseTo(1, 9);
    const gaps = coverage.gaps.filter(({ reason }) => reason === 'accounts that were not read');
    expect(gaps.length).toBeGreaterThan(0);
    const missing = gaps.reduce((sum, { debtUsd }) => sum + (debtUsd ?? 0), 0);
    expect((coverage.modelledDebtUsd + missing) / coverage.knownDebtUsd).toBeCloseTo(1, 9);
  });

  it('goes on after a restart with the pools it has, and polls prices', async () => {
    const before = await readIndexed(databaseUrl, network.chainId);
    const again = await addPools(
      store,
      { network: posedNetwork(devnet).network, rpcUrls: ['http://127.0.0.1:1'] },
      {
        traded: { tokens: [], quotes: [] },
        say,
      },
    );
    expect(again.network).toEqual(network);
    await postPrices(devnet, { WETH: 150_000_000_000n });
    await indexToHead({ network: again.network, rpcUrls: [devnet.url], databaseUrl });
    const after = await readIndexed(databaseUrl, network.chainId);
    const fresh = after.facts.slice(before.facts.length);
    expect(fresh.map(({ kind }) => kind)).toContain('PricePosted');
    expect(fresh.every(({ block }) => block > before.block)).toBe(true);
  });
});

describe('a snapshot of Aave', () => {
  it('asks for balances only where logs say that there were some, and finds the same', async () => {
    const logs = await indexFromScratch({ network: devnet.network, rpcUrls: [devnet.url], databaseUrl });
    const owners = new SeenOwners();
    owners.see(logs.facts);
    const deployment = devnet.network.deployments.find(({ adapter }) => adapter === 'aave-v3');
    const venue = openVenue(deployment as AaveV3Deployment);
    const rpc = await openRpc({ urls: [devnet.url], chainId: devnet.network.chainId });
    try {
      let count = 0;
      const reader: CallReader = {
        calls: (calls, block) => {
          count += calls.length;
          return rpc.calls(calls, block);
        },
      };
      const at = { chainId: devnet.network.chainId, block: logs.block, time: 0 };
      const everywhere = await venue.snapshot(reader, at, owners.of(venue.id));
      const most = count;
      count = 0;
      const seen = await venue.snapshot(reader, at, owners.of(venue.id), owners.marketsOf(venue.id));
      expect(seen.facts).toEqual(everywhere.facts);
      expect(count).toBeLessThan(most);
    } finally {
      rpc.close();
    }
  });
});

describe('an endpoint that forgets its state', () => {
  it('is told with what to do', async () => {
    const forgetful = await startForgetful(devnet.url);
    try {
      const { network } = posedNetwork(devnet);
      const job = { network, rpcUrls: [forgetful.url], databaseUrl: await addDatabase(databaseUrl) };
      await expect(indexToHead(job)).rejects.toThrow(
        /accounts cannot be read: .*missing trie node.*give one that keeps old state \(an archive\), or a faster one/,
      );
    } finally {
      await forgetful.close();
    }
  });
});

/** Chainlink's own contracts with the decimals of a state; gives the proxy, and says a state with the aggregator's log. */
async function deployUptimeFeed({ chain, artifacts, actors }: Devnet) {
  const nobody = `0x${'0'.repeat(40)}` as const;
  const deploy = (name: 'FluxAggregator' | 'EACAggregatorProxy', args: readonly unknown[]) =>
    chain.deploy(artifacts[name], args, actors.deployer, {});
  const aggregator = await deploy('FluxAggregator', [
    ...[`0x${'0'.repeat(39)}1`, 0n, 3_600, nobody, 0n, 1n, 0, 'L2 Sequencer Uptime Status Feed'],
  ]);
  const proxy = await deploy('EACAggregatorProxy', [aggregator.address, nobody]);
  const call = (from: Hex, functionName: string, args: readonly unknown[]) =>
    chain.send([
      { from, to: aggregator.address, data: encodeCall(aggregator.abi, functionName, args), gas: 1_000_000n },
    ]);
  const { keeper, deployer } = actors;
  await call(deployer, 'changeOracles', [[], [keeper], [keeper], 1, 1, 0]);
  let round = 0n;
  const say = (state: bigint) => call(keeper, 'submit', [(round += 1n), state]);
  return { proxy: proxy.address, aggregator: aggregator.address, say };
}

describe('addSequencer', () => {
  it('watches the aggregator behind the proxy, from what it says at the snapshot on', async () => {
    const uptime = await deployUptimeFeed(devnet);
    await uptime.say(0n);
    await mine(devnet, 3);
    const { network: posed } = posedNetwork(devnet);
    const plain = {
      ...posed,
      deployments: posed.deployments.filter(({ adapter }) => adapter === 'price-sources'),
    };
    const rpcUrls = [devnet.url];
    const { network, summary } = await addSequencer({ network: plain, rpcUrls }, uptime.proxy);
    expect(summary).toBe('Sequencer: L2 Sequencer Uptime Status Feed');
    expect(network.sequencerFeed).toBe(uptime.proxy);
    expect(network.deployments.at(-1)).toMatchObject({ feeds: [{ aggregator: uptime.aggregator }] });
    const databaseOfIt = await addDatabase(databaseUrl);
    await indexToHead({ network, rpcUrls, databaseUrl: databaseOfIt });
    await uptime.say(1n);
    await mine(devnet, 3);
    await indexToHead({ network, rpcUrls, databaseUrl: databaseOfIt });
    const { facts } = await readIndexed(databaseOfIt, network.chainId);
    expect(facts).toMatchObject([
      { kind: 'PricePosted', feed: uptime.proxy, answer: 0n, logIndex: SNAPSHOT_LOG_INDEX },
      { kind: 'PricePosted', feed: uptime.proxy, answer: 1n },
    ]);
  });

  it('goes without where the proxy is none, and says so', async () => {
    const { network } = posedNetwork(devnet);
    const price = devnet.contracts.assets.WETH.feedProxy;
    for (const wrong of [price, devnet.contracts.venues.aaveV3.pool]) {
      const found = await addSequencer({ network, rpcUrls: [devnet.url] }, wrong as Address);
      expect(found.network).toBe(network);
      expect(found.summary).toMatch(
        /Nobody says whether the sequencer runs: 0x[0-9a-f]+ is not a Chainlink feed/,
      );
    }
  });
});

describe('addPools', () => {
  it('goes without pools where the factory is none, and says so', async () => {
    const { network, traded } = posedNetwork(devnet);
    const wrong = network.deployments.map((one) =>
      one.adapter === 'uniswap-v3' ? { ...one, factory: devnet.contracts.venues.aaveV3.pool } : one,
    );
    const empty = await openStore(await addDatabase(databaseUrl));
    try {
      await migrate(empty);
      const chain = { network: { ...network, deployments: wrong }, rpcUrls: [devnet.url] };
      const found = await addPools(empty, chain, { traded, say });
      expect(poolsOf(found.network)).toEqual([]);
      expect(found.summary).toMatch(/counts as unsold: 0x[0-9a-f]+ is not a Uniswap v3 factory/);
    } finally {
      await empty.close();
    }
  });
});
