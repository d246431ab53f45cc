import { ConfigError } from '@undertow/units';
import type { Hex } from 'viem';
import { openAccounts } from './accounts/open-accounts.ts';
import { ownerAddress, planAccounts } from './accounts/plan-accounts.ts';
import { ensureArtifacts, type Artifacts } from './artifacts/ensure-artifacts.ts';
import { deployAll } from './deploy/deploy-all.ts';
import type { Site } from './deploy/site.ts';
import type { Devnet } from './devnet.ts';
import { openBundles } from './evm/bundles.ts';
import { openChain, type Chain } from './evm/chain.ts';
import { guardPort, type GuardedPort } from './evm/guard-port.ts';
import { openJsonRpc } from './evm/json-rpc.ts';
import { startAnvil, type Anvil } from './evm/start-anvil.ts';
import { DEVNET_CHAIN_ID, devnetNetwork } from './network.ts';
import { endOrphan, forgetHolder, noteHolder } from './orphan.ts';
import { countLogs, resumeChain } from './resume-chain.ts';
import type { Actors } from './scene.ts';
import * as stateFiles from './state-file.ts';
import { VENUE_KEYS, VENUES, type VenueKey } from './venues/index.ts';

export interface DevnetOptions {
  /** Chooses the accounts. Same seed and number of accounts = same chain, to the hash of its head. */
  readonly seed: number;
  /** Number of owners. Default 2,000. */
  readonly accounts?: number;
  /** Which venues are built. Default: all. Fewer are for tests of one venue. */
  readonly venues?: readonly VenueKey[];
  /** Folder of the contract artifacts. Default: `.undertow/artifacts` at the root of the project. */
  readonly cacheDir?: string;
  /** Port on 127.0.0.1 (0 = any free one) for the tools of a person. Default: none; the chain is at an address that only we know. */
  readonly port?: number;
  /** Default 31337. */
  readonly chainId?: number;
  /** Where the chain is kept between runs (with files of the same name and an ending beside it). Default: nowhere. */
  readonly stateFile?: string;
  readonly onProgress?: (message: string) => void;
}

type Settled = Required<Omit<DevnetOptions, 'cacheDir' | 'stateFile' | 'port'>> & {
  readonly stateFile: string | undefined;
};

/**
 * Starts a local chain that runs the real contracts of every venue in the table `VENUES`, of Uniswap v3 and of
 * Chainlink, with positions.
 *
 * With a state file, continues the chain kept there. A chain that cannot be read is built anew, and `onProgress` says
 * so.
 *
 * @throws ConfigError when the state file is of another seed, number of accounts, chain id or set of venues, or anvil
 * cannot start.
 */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const { seed, accounts = 2_000, port, chainId = DEVNET_CHAIN_ID, stateFile, cacheDir } = options;
  const { onProgress = () => {}, venues = VENUE_KEYS } = options;
  for (const [name, value] of Object.entries({ seed, accounts })) {
    if (Number.isSafeInteger(value) && value >= 0) continue;
    throw new ConfigError(`The ${name} of a local chain must be a whole number from 0 up, not ${value}.`);
  }
  const settled: Settled = { seed, accounts, chainId, stateFile, onProgress, venues };
  const guard = port === undefined ? undefined : await guardPort(port);
  try {
    return await start(settled, { cacheDir, guard });
  } catch (error) {
    await guard?.close();
    throw error;
  }
}

async function start(
  settled: Settled,
  { cacheDir, guard }: { readonly cacheDir: string | undefined; readonly guard: GuardedPort | undefined },
): Promise<Devnet> {
  const { seed, accounts, chainId, stateFile, onProgress } = settled;
  if (stateFile && (await endOrphan(stateFile)))
    onProgress('Ended the chain that a killed run had left behind');
  const artifacts = await ensureArtifacts({ onProgress, ...(cacheDir ? { cacheDir } : {}) });
  const running = (await resume(settled)) ?? (await build(settled, artifacts));
  const { chain, anvil, record, resumed } = running;
  if (stateFile && anvil.identity) await noteHolder(stateFile, anvil.identity);
  guard?.leadTo(anvil.url);
  let saving: Promise<unknown> = Promise.resolve();
  return {
    url: guard?.url ?? anvil.url,
    network: devnetNetwork(chainId, record.contracts),
    seed,
    accounts,
    owners: Array.from({ length: accounts }, (_, index) => ownerAddress(seed, index)),
    actors: record.actors,
    venues: (Object.keys(record.contracts.venues) as VenueKey[]).map((key) => VENUES[key]),
    contracts: record.contracts,
    artifacts,
    resumed,
    chain,
    rpc: chain.rpc,
    batch: chain.batch,
    exited: anvil.exited,
    async save() {
      if (!stateFile) return;
      const saved = saving.then(() => stateFiles.saveChain(stateFile, chain));
      saving = saved.catch(() => {});
      await saved;
    },
    async stop() {
      await saving;
      await guard?.close();
      const code = await anvil.stop();
      if (stateFile) await forgetHolder(stateFile);
      if (stateFile && code === 0) await stateFiles.keepExitDump(stateFile);
    },
  };
}

interface Running {
  readonly anvil: Anvil;
  readonly chain: Chain;
  readonly record: stateFiles.ChainRecord;
  readonly resumed: boolean;
}

async function resume(settled: Settled): Promise<Running | undefined> {
  const { stateFile, onProgress } = settled;
  if (!stateFile) return undefined;
  const record = await stateFiles.readRecord(stateFile, settled);
  if (!record) return undefined;
  if (record !== 'unreadable') {
    onProgress('Loading the local chain of the last run');
    const loaded = await resumeChain(stateFile, record, anvilOptions(settled));
    if (loaded) {
      await prepareChain(loaded.chain);
      return { ...loaded, record, resumed: true };
    }
  }
  onProgress(
    `The chain kept in ${stateFile} cannot be read (damaged, or of another release); building a new one`,
  );
  await stateFiles.forgetChain(stateFile);
  return undefined;
}

async function build(settled: Settled, artifacts: Artifacts): Promise<Running> {
  const { seed, accounts, chainId, stateFile, onProgress, venues } = settled;
  const anvil = await startAnvil(anvilOptions(settled));
  try {
    const chain = openChain(openJsonRpc(anvil.url));
    await prepareChain(chain);
    const actors = await findActors(chain);
    const plan = planAccounts({ seed, accounts, venues });
    onProgress(`Deploying Chainlink feeds, Uniswap v3 pools and ${venues.length} venues`);
    await chain.fund(Object.values(actors));
    const bundles = await openBundles(chain, artifacts, actors.deployer);
    const site: Site = { chain, artifacts, actors, bundles };
    const contracts = await deployAll(site, plan, venues);
    onProgress(`Opening the positions of ${accounts} owners`);
    await openAccounts(site, contracts, plan);
    await bundles.close();
    const built = await describeHead(chain);
    const { FORMAT: format } = stateFiles;
    const record: stateFiles.ChainRecord = { format, seed, accounts, chainId, actors, contracts, built };
    if (stateFile) {
      await stateFiles.saveChain(stateFile, chain);
      await stateFiles.writeRecord(stateFile, record);
    }
    return { anvil, chain, record, resumed: false };
  } catch (error) {
    await anvil.stop();
    throw error;
  }
}

function anvilOptions({ chainId, accounts, stateFile }: Settled) {
  // A state takes about 1.3 kB per account and grows with the chain, and each block keeps a whole one: few, but always
  // more than the finality depth.
  const statesKept = Math.min(128, Math.max(70, Math.floor(100_000 / Math.max(1, accounts))));
  return { chainId, statesKept, ...(stateFile ? { dumpTo: stateFiles.exitFile(stateFile) } : {}) };
}

/** Any sender is accepted; blocks are made when we say, one second apart, after the last one. */
async function prepareChain(chain: Chain): Promise<void> {
  await chain.rpc('anvil_setLoggingEnabled', [false]);
  await chain.rpc('anvil_autoImpersonateAccount', [true]);
  await chain.rpc('evm_setAutomine', [false]);
  await chain.rpc('anvil_setBlockTimestampInterval', [1]);
  const { number, timestamp } = await chain.rpc<{ number: Hex; timestamp: Hex }>('eth_getBlockByNumber', [
    ...['latest', false],
  ]);
  if (Number(number) > 0) await chain.rpc('evm_setNextBlockTimestamp', [Number(timestamp) + 1]);
}

async function findActors(chain: Chain): Promise<Actors> {
  const [deployer] = await chain.rpc<Hex[]>('eth_accounts');
  return {
    deployer: deployer as Hex,
    bank: '0xba4c000000000000000000000000000000000001',
    keeper: '0x4ee9000000000000000000000000000000000002',
    liquidator: '0x119d000000000000000000000000000000000003',
  };
}

async function describeHead(chain: Chain) {
  const { number, hash } = await chain.rpc<{ number: Hex; hash: Hex }>('eth_getBlockByNumber', [
    'latest',
    false,
  ]);
  return { number: Number(number), hash, logs: await countLogs(chain, Number(number)) };
}
