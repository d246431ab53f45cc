import { join } from 'node:path';
import { openRpc, type Network } from '@undertow/chain';
import { startAgent, startDevnet, type Devnet } from '@undertow/devnet';
import { errorText } from '../error-text.ts';
import type { StartContext } from './bring-up.ts';
import { knownNetwork } from './known-network.ts';
import type { ChainHistory } from './match-history.ts';

/** The chain that is followed. */
export interface WatchedChain {
  readonly network: Network;
  readonly rpcUrls: readonly string[];
  /** One line for people. */
  readonly summary: string;
  /** The history of a chain that is ours to rebuild; absent for a real network. */
  readonly history?: ChainHistory;
  /** Everything is up: the local chain may come alive. */
  wake(): void;
}

/**
 * The local chain is saved this often. With one block per `TICK_MS` a crash takes back some 15 blocks,
 * well within the finality depth of 64.
 */
const SAVE_EVERY_MS = 30_000;

/** The agent makes one block per tick. */
export const TICK_MS = 2_000;

const RESTART = 'Start again: it goes on from the last saved block.';

/** Finds what is known on a real network and checks that the endpoints serve it; changes nothing. */
export async function openNetwork(rpcUrls: readonly string[], chainId: number): Promise<WatchedChain> {
  const network = knownNetwork(chainId);
  const rpc = await openRpc({ urls: rpcUrls, chainId, retries: 2 });
  rpc.close();
  return { network, rpcUrls, summary: `${network.name} (chain ${chainId})`, wake: () => {} };
}

/** Starts the local chain, or continues it. */
export async function openDevnet(
  context: StartContext,
  say: (message: string) => void,
): Promise<WatchedChain> {
  const { options, folder, closers, failures } = context;
  const { seed, accounts } = options;
  const stateFile = join(folder.path, 'devnet', `${seed}-${accounts}.json`);
  const devnet = await startDevnet({ seed, accounts, stateFile, onProgress: say });
  closers.add('local chain', () => devnet.stop());
  void devnet.exited.then((code) =>
    failures.report({
      name: 'The local chain (anvil)',
      how: `ended with exit code ${code}`,
      advice: RESTART,
    }),
  );
  const how = devnet.resumed ? 'continued' : 'built';
  return {
    network: devnet.network,
    rpcUrls: [devnet.url],
    summary: `Local chain ${how}: ${accounts} accounts, seed ${seed}`,
    history: historyOf(devnet),
    wake: () => keepAlive(context, devnet),
  };
}

/** Saves the chain now and then, and lets the market agent act. */
function keepAlive({ options, closers, failures }: StartContext, devnet: Devnet): void {
  let saving = devnet.resumed ? Promise.resolve() : devnet.save();
  const complain = (error: unknown): void =>
    failures.report({
      name: 'The local chain',
      how: `cannot be saved: ${errorText(error)}`,
      advice: 'Free some disk space, or choose another folder with --data.',
    });
  saving.catch(complain);
  const timer = setInterval(() => (saving = saving.then(() => devnet.save(), complain)), SAVE_EVERY_MS);
  closers.add('saving', () => clearInterval(timer));
  if (!options.agent) return;
  const agent = startAgent(devnet, { seed: options.seed, everyMs: TICK_MS });
  agent.done.catch((error: Error) =>
    failures.report({ name: 'The market agent', how: `ended: ${errorText(error)}`, advice: RESTART }),
  );
  closers.add('market agent', () => agent.stop());
}

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
