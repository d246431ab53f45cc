import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planAccounts } from './accounts/plan-accounts.ts';
import {
  mine,
  reorg,
  revert,
  setPrice,
  snapshot,
  startDevnet,
  swap,
  readPoolPrices,
  type Devnet,
  VENUE_KEYS,
  VENUES,
  type DevnetOptions,
} from './index.ts';

/** Stopped after each test, also after one that fails: a chain left running would keep the test run open. */
const running: Devnet[] = [];
afterEach(async () => void (await Promise.all(running.splice(0).map((devnet) => devnet.stop()))));

async function launch(options: DevnetOptions): Promise<Devnet> {
  const devnet = await startDevnet(options);
  running.push(devnet);
  return devnet;
}

interface Block {
  readonly number: string;
  readonly hash: string;
  readonly timestamp: string;
}

const head = (devnet: Devnet) => devnet.rpc<Block>('eth_getBlockByNumber', ['latest', false]);

async function hashes(devnet: Devnet): Promise<string[]> {
  const { number } = await head(devnet);
  const calls = Array.from({ length: Number(number) + 1 }, (_, block) => ({
    ...{ method: 'eth_getBlockByNumber', params: [`0x${block.toString(16)}`, false] },
  }));
  return (await devnet.batch<Block>(calls)).map(({ hash }) => hash);
}

const logs = (devnet: Devnet) =>
  devnet.rpc<unknown[]>('eth_getLogs', [{ fromBlock: '0x0', toBlock: 'latest' }]);

describe('startDevnet', () => {
  it('builds the same chain from the same seed, to the hash of its head, and another from another', async () => {
    const built: string[] = [];
    for (const seed of [1, 1, 2]) {
      const devnet = await launch({ seed, accounts: 60 });
      built.push((await head(devnet)).hash);
      await devnet.stop();
    }
    expect(built[1]).toBe(built[0]);
    expect(built[2]).not.toBe(built[0]);
  }, 120_000);

  it('opens the planned positions of every venue on the real contracts', async () => {
    const devnet = await launch({ seed: 3, accounts: 60 });
    const { venues } = planAccounts({ seed: 3, accounts: 60 });
    for (const key of VENUE_KEYS) {
      const planned = new Set<string>(venues[key].map(({ owner }) => owner));
      // A venue may need an account of the bank's.
      const open = (await VENUES[key].borrowers(devnet)).filter((owner) => devnet.owners.includes(owner));
      expect(open.filter((owner) => !planned.has(owner))).toEqual([]);
      // Some of the planned ones only lend or only buy.
      expect(open.length).toBeGreaterThan(planned.size / 2);
    }
    const watched = devnet.network.deployments.map(({ id }) => id);
    for (const { id } of devnet.venues) expect(watched).toContain(id);
    expect(watched).toEqual(expect.arrayContaining(['chainlink@devnet', 'uniswap-v3@devnet']));
    expect(JSON.parse(JSON.stringify(devnet.network))).toEqual(devnet.network);
    await devnet.stop();
  }, 60_000);

  it('starts with nobody to liquidate', async () => {
    const devnet = await launch({ seed: 3, accounts: 300 });
    for (const venue of devnet.venues) {
      expect(await venue.due(devnet, await venue.borrowers(devnet))).toEqual([]);
    }
    await devnet.stop();
  }, 60_000);

  it('says so when its port is taken', async () => {
    const devnet = await launch({ seed: 1, accounts: 5, venues: [], port: 0 });
    const port = Number(new URL(devnet.url).port);
    await expect(startDevnet({ seed: 1, accounts: 5, port })).rejects.toThrow(`Is port ${port} in use?`);
    await devnet.stop();
  });
});

describe('actions', () => {
  let devnet: Devnet;
  beforeAll(async () => (devnet = await startDevnet({ seed: 1, accounts: 20, venues: ['aaveV3'] })));
  afterAll(() => devnet.stop());

  it('posts rounds, trades, and goes back', async () => {
    const [id, before] = [await snapshot(devnet), await head(devnet)];
    await setPrice(devnet, 'WETH', 2_500n * 10n ** 8n);
    await swap(devnet, { symbol: 'WETH', side: 'sell', amount: 10n * 10n ** 18n });
    await swap(devnet, { symbol: 'WBTC', side: 'buy', amount: 10n ** 8n });
    const oracle = { address: devnet.contracts.venues.aaveV3.oracle, abi: devnet.artifacts.AaveOracle.abi };
    const weth = devnet.contracts.assets.WETH.token;
    expect(await devnet.chain.read(oracle, 'getAssetPrice', [weth])).toBe(2_500n * 10n ** 8n);
    const [wethPrice = 0, wbtcPrice = 0] = await readPoolPrices(devnet, ['WETH', 'WBTC']);
    expect(wethPrice).toBeLessThan(3_000);
    expect(wbtcPrice).toBeGreaterThan(60_000);
    await revert(devnet, id);
    expect(await head(devnet)).toEqual(before);
  });

  it('replaces blocks, also empty ones, by others', async () => {
    await setPrice(devnet, 'LINK', 14n * 10n ** 8n);
    await mine(devnet, 3);
    const before = await hashes(devnet);
    for (const depth of [1, 3, 50]) {
      const old = await hashes(devnet);
      await reorg(devnet, depth);
      const now = await hashes(devnet);
      expect(now.slice(0, -depth)).toEqual(old.slice(0, -depth));
      expect(now.slice(-depth).some((hash) => old.includes(hash))).toBe(false);
    }
    expect((await hashes(devnet)).length).toBe(before.length);
  });
});

describe('state file', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'undertow-state-test-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const messages: string[] = [];
  const start = (options: Partial<DevnetOptions> = {}) => {
    messages.length = 0;
    const stateFile = join(folder, 'chain.json');
    return launch({
      seed: 1,
      accounts: 20,
      venues: ['morphoBlue'],
      stateFile,
      onProgress: (message) => messages.push(message),
      ...options,
    });
  };

  it('goes on where it was, with all blocks and logs, and in time', async () => {
    const first = await start();
    await setPrice(first, 'WETH', 2_990n * 10n ** 8n);
    const [blocks, said, { timestamp }] = [await hashes(first), await logs(first), await head(first)];
    await first.stop();
    expect(readdirSync(folder).sort()).toEqual(['chain.json', 'chain.json.saved']);
    const second = await start();
    expect(second.resumed).toBe(true);
    expect(await hashes(second)).toEqual(blocks);
    expect(await logs(second)).toEqual(said);
    expect(second.contracts).toEqual(first.contracts);
    await setPrice(second, 'WETH', 2_980n * 10n ** 8n);
    expect(Number((await head(second)).timestamp)).toBe(Number(timestamp) + 1);
    await second.stop();
  });

  it('refuses to go on with another seed or other venues, and keeps what is there', async () => {
    await (await start()).stop();
    const kept = readFileSync(join(folder, 'chain.json.saved'));
    await expect(start({ seed: 2 })).rejects.toThrow(/with seed 1, but 2 was asked for/);
    await expect(start({ venues: [] })).rejects.toThrow(/with venues morphoBlue, but none was asked for/);
    expect(readFileSync(join(folder, 'chain.json.saved'))).toEqual(kept);
  });

  it('says that it builds anew when what it kept is damaged', async () => {
    await (await start()).stop();
    truncateSync(join(folder, 'chain.json.saved'), 5_000);
    const second = await start();
    expect(second.resumed).toBe(false);
    expect(messages.join()).toMatch(/cannot be read/);
    await second.stop();
    writeFileSync(join(folder, 'chain.json'), '{"format":');
    const third = await start();
    expect(third.resumed).toBe(false);
    expect(existsSync(join(folder, 'chain.json.saved'))).toBe(true);
    await third.stop();
  });
});
