import { multicallReader, openRpc } from '@undertow/chain';
import type { Address } from '@undertow/market';
import { findStateFeed } from '@undertow/oracles';
import { ConfigError } from '@undertow/units';
import { errorText } from '../error-text.ts';
import type { WatchedNetwork } from './known-network.ts';
import type { WatchedChain } from './open-chain.ts';

/** A network with the feed of its sequencer, and one line for people. */
export interface NetworkWithSequencer {
  readonly network: WatchedNetwork;
  readonly summary: string;
}

/**
 * Adds the feed that says whether a rollup's sequencer runs, by the aggregator that its proxy has now: that may be another one than at the
 * last start. A proxy that is none is told and gone without: nobody then says whether the sequencer runs. Endpoints that fail end the
 * start, as they would later.
 */
export async function addSequencer(
  { network, rpcUrls }: Pick<WatchedChain, 'network' | 'rpcUrls'>,
  proxy: Address,
): Promise<NetworkWithSequencer> {
  const { chainId } = network;
  const rpc = await openRpc({ urls: rpcUrls, chainId, retries: 2 });
  try {
    const block = (await rpc.getBlock('latest'))?.number ?? 0;
    const feed = await findStateFeed(multicallReader(rpc), { chainId, block, proxy });
    const id = `sequencer@${network.name.toLowerCase()}`;
    const deployments = [
      ...network.deployments,
      { adapter: 'chainlink' as const, id, feeds: [feed], states: [feed.id] },
    ];
    return {
      network: { ...network, deployments, sequencerFeed: feed.id },
      summary: `Sequencer: ${feed.description}`,
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { network, summary: `Nobody says whether the sequencer runs: ${errorText(error)}` };
  } finally {
    rpc.close();
  }
}
