import { join } from 'node:path';
import { openRpc } from '@undertow/chain';
import { mine, saveWhenDue, startAgent, startDevnet, type Devnet } from '@undertow/devnet';
import type { Address } from '@undertow/market';
import { knownSequencerFeeds } from '@undertow/oracles';
import { errorText } from '../error-text.ts';
import { readableText } from '../readable-text.ts';
import { knownNetwork, knownTokens, type TradedTokens, type WatchedNetwork } from './known-network.ts';
import { keepUp } from './keep-up.ts';
import type { ChainHistory } from './match-history.ts';
import type { StartContext } from './start-context.ts';

/** The chain that is followed. */
export interface WatchedChain {
  readonly network: WatchedNetwork;
  readonly rpcUrls: readonly string[];
  /** One line for people. */
  readonly summary: string;
  /** What to find pools of; absent where they are known. */
  readonly traded?: TradedTokens;
  /** Proxy of the feed that says whether the sequencer runs; absent where the chain has none, or it is watched already. */
  readonly sequencer?: Address;
  /** The history of a chain that is ours to rebuild; absent for a real network. */
  readonly history?: ChainHistory;
  /** Everything is up: the local chain may come alive. */
  wake(): void;
}

/**
 * The local chain is saved when it has grown by this many blocks: every 90 s or so with the agent. It is also saved when
 * it ends, in whatever way, unless anvil itself is killed; it then goes back by these and a tick's, three at most,
 * which is less than the finality depth of 64 that the database can follow.
 */
const SAVE_EVERY_BLOCKS = 48;

/** Without the agent nobody makes blocks but by hand: it is looked at this often whether there are any. */
const LOOK_EVERY_MS = 5_000;

/** The agent makes one block per tick, or three. */
export const TICK_MS = 2_000;

/**
 * A chain that was loaded knows its state from the loaded block on only, and the indexer asks contracts two blocks below
 * the head. These empty blocks let it read into a database that does not hold the whole history yet.
 */
const BLOCKS_AFTER_LOAD = 2;

const RESTART = 'Start again: it goes on from the last saved block.';

/** Finds what is known on a real network and checks that the endpoints serve it; changes nothing. */
export async function openNetwork(
  rpcUrls: readonly string[],
  chainId: number,
  known: Pick<WatchedChain, 'network' | 'traded' | 'sequencer'> = knownChain(chainId),
): Promise<WatchedChain> {
  const { network, traded, sequencer } = known;
  const rpc = await openRpc({ urls: rpcUrls, chainId, retries: 2 });
  rpc.close();
  return {
    network,
    ...(traded && { traded }),
    ...(sequencer && { sequencer }),
    rpcUrls,
    summary: `${network.name} (chain ${chainId})`,
    wake: () => {},
  };
}

function knownChain(chainId: number): Pick<WatchedChain, 'network' | 'traded' | 'sequencer'> {
  const sequencer = knownSequencerFeeds.get(chainId);
  return {
    network: knownNetwork(chainId),
    traded: knownTokens(chainId),
    ...(sequencer && { sequencer }),
  };
}

/** Starts the local chain, or continues it. */
export async function openDevnet(
  context: StartContext,
  say: (message: string) => void,
): Promise<WatchedChain> {
  const { options, folder, closers } = context;
  const { seed, accounts } = options;
  const stateFile = join(folder.path, 'devnet', `${seed}-${accounts}.json`);
  let isAwake = false;
  let at: string | undefined;
  const start = async () => {
    const devnet = await startDevnet({ seed, accounts, stateFile, ...(at && { at }), onProgress: say });
    at = devnet.url;
    closers.add('local chain', () => devnet.stop());
    if (devnet.resumed) await mine(devnet, BLOCKS_AFTER_LOAD);
    const alive = await livelyChain(context, devnet);
    if (isAwake) alive.wake();
    const ended = devnet.exited.then((code) => {
      alive.rest();
      return `ended with exit code ${code}`;
    });
    return { devnet, alive, ended };
  };
  let newest: Awaited<ReturnType<typeof start>> | undefined;
  const { devnet } = await keepUp(context, {
    ...{ name: 'The local chain (anvil)', advice: RESTART },
    start: async () => (newest = await start()),
  });
  const how = devnet.resumed ? 'continued' : 'built';
  return {
    network: devnet.network,
    rpcUrls: [devnet.url],
    summary: `Local chain ${how}: ${accounts} accounts, seed ${seed}`,
    history: historyOf(devnet),
    wake() {
      isAwake = true;
      newest!.alive.wake();
    },
  };
}

/** What makes a local chain live. */
interface Lively {
  wake(): void;
  /** The chain has ended: nothing of it is to be saved, and nobody acts on it. */
  rest(): void;
}

/**
 * Saves the chain as it grows, and lets the market agent act. What cannot be saved is said once, and tried again as long as it
 * takes.
 */
async function livelyChain({ options, closers }: StartContext, devnet: Devnet): Promise<Lively> {
  let isEnded = false;
  let isTold = false;
  const save = await saveWhenDue(devnet, {
    blocks: SAVE_EVERY_BLOCKS,
    onFailure(error) {
      if (!isEnded && !isTold) tell(`The local chain cannot be saved: ${errorText(error)}. ${UNSAVED}`);
      isTold = true;
    },
  });
  return {
    rest: () => void (isEnded = true),
    wake() {
      if (isEnded) return;
      if (!options.agent) {
        const timer = setInterval(() => void save(), LOOK_EVERY_MS);
        closers.add('saving', () => clearInterval(timer));
        void devnet.exited.then(() => clearInterval(timer));
        return;
      }
      // Between ticks, so that the chain cannot run ahead of a slow disk.
      const agent = startAgent(devnet, { seed: options.seed, everyMs: TICK_MS, afterTick: save });
      agent.done.catch((error: Error) => {
        if (!isEnded && !closers.isClosing) tell(`The market agent ended: ${errorText(error)}. ${RESTART}`);
      });
      closers.add('market agent', () => agent.stop().catch(() => undefined));
    },
  };
}

/** For people, once everything runs. */
const tell = (line: string): unknown => process.stderr.write(`undertow: ${readableText(line)}\n`);

const UNSAVED = 'Free some disk space: until it is saved, what happens on it is lost when it ends.';

function historyOf({ network, rpc }: Devnet): ChainHistory {
  return {
    chainId: network.chainId,
    finalityDepth: network.finalityDepth,
    height: async () => Number(await rpc<string>('eth_blockNumber')),
    async hashOf(block) {
      const found = await rpc<{ hash: string } | null>('eth_getBlockByNumber', [
        `0x${block.toString(16)}`,
        false,
      ]);
      return found?.hash;
    },
  };
}
