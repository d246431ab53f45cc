import type { DevnetContracts, DevnetNetwork } from './devnet.ts';
import { FEED_DECIMALS } from './deploy/listing.ts';

export const DEVNET_CHAIN_ID = 31_337;

/** What an indexer watches on the local chain. */
export function devnetNetwork(chainId: number, contracts: DevnetContracts): DevnetNetwork {
  const assets = Object.values(contracts.assets);
  return {
    chainId,
    name: 'devnet',
    finalityDepth: 64,
    bootstrap: 'logs',
    startBlock: 0,
    deployments: [
      { adapter: 'aave-v3', id: 'aave-v3@devnet', version: '3.0', ...contracts.aave },
      {
        adapter: 'morpho-blue',
        id: 'morpho-blue@devnet',
        version: '1.0',
        morpho: contracts.morpho.morpho,
        utilizationIrm: contracts.morpho.irm,
      },
      {
        adapter: 'chainlink',
        id: 'chainlink@devnet',
        feeds: assets.map(({ symbol, feedProxy, feedAggregator }) => ({
          id: feedProxy,
          chainId,
          description: `${symbol} / USD`,
          decimals: FEED_DECIMALS,
          aggregator: feedAggregator,
        })),
      },
      {
        adapter: 'uniswap-v3',
        id: 'uniswap-v3@devnet',
        factory: contracts.uniswap.factory,
        pools: assets.flatMap(({ pool }) => (pool ? [{ ...pool, chainId }] : [])),
      },
    ],
  };
}
