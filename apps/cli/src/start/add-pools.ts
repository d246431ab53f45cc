import { bootstrapStateOf, multicallReader, openRpc, snapshotDepth } from '@undertow/chain';
import type { Pool } from '@undertow/market';
import { findPools, type UniswapV3Deployment } from '@undertow/oracles';
import { readCheckpoint, type Store } from '@undertow/store';
import { ConfigError } from '@undertow/units';
import { errorText } from '../error-text.ts';
import type { TradedTokens, WatchedNetwork } from './known-network.ts';
import type { WatchedChain } from './open-chain.ts';

/** A network with its pools, and one line for people. */
export interface NetworkWithPools {
  readonly network: WatchedNetwork;
  readonly summary: string;
}

/**
 * Finds the pools of a real network through its factories. Once its snapshot is taken the pools are those that are
 * stored: the state of any other would be missing. A factory that is none is told and gone without: what is seized
 * then cannot be sold, which the coverage says of each asset. Endpoints that fail end the start, as they would later.
 */
export async function addPools(
  store: Store,
  chain: Pick<WatchedChain, 'network' | 'rpcUrls'>,
  { traded, say }: { readonly traded: TradedTokens; readonly say: (message: string) => void },
): Promise<NetworkWithPools> {
  const { network, rpcUrls } = chain;
  const stored = await storedPools(store, network.chainId);
  if (stored) return withPools(network, (id) => stored.get(id) ?? [], 'as before');
  const rpc = await openRpc({ urls: rpcUrls, chainId: network.chainId, retries: 2 });
  try {
    const head = await rpc.getBlock('latest');
    // Where the snapshot would be taken now: a newer pool may not be in it yet.
    const block = Math.max((head?.number ?? 0) - snapshotDepth(network), 0);
    const found = new Map<string, readonly Pool[]>();
    for (const { id, factory } of network.deployments.filter(isUniswap)) {
      say(`${traded.tokens.length} tokens against ${traded.quotes.length} on ${id}`);
      const search = { ...traded, chainId: network.chainId, block, factory };
      found.set(id, await findPools(multicallReader(rpc), search));
    }
    return withPools(network, (id) => found.get(id) ?? [], `at block ${block}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const summary = `No pools, so what is seized counts as unsold: ${errorText(error)}`;
    return { network, summary };
  } finally {
    rpc.close();
  }
}

function withPools(
  network: WatchedNetwork,
  poolsOf: (id: string) => readonly Pool[],
  how: string,
): NetworkWithPools {
  const deployments = network.deployments.map((deployment) =>
    isUniswap(deployment) ? { ...deployment, pools: poolsOf(deployment.id) } : deployment,
  );
  const count = deployments.filter(isUniswap).reduce((sum, { pools }) => sum + pools.length, 0);
  return { network: { ...network, deployments }, summary: `Pools: ${count}, ${how}` };
}

/** Pools by deployment that the stored snapshot read; undefined before it is taken. */
async function storedPools(
  store: Store,
  chainId: number,
): Promise<ReadonlyMap<string, readonly Pool[]> | undefined> {
  const kept = (await readCheckpoint(store, chainId))?.network as WatchedNetwork | undefined;
  if (kept === undefined || bootstrapStateOf(kept).snapshotBlock === undefined) return undefined;
  return new Map(kept.deployments.filter(isUniswap).map(({ id, pools }) => [id, pools]));
}

function isUniswap(deployment: WatchedNetwork['deployments'][number]): deployment is UniswapV3Deployment {
  return deployment.adapter === 'uniswap-v3';
}
