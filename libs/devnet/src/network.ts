import type { OracleDeployment } from '@undertow/oracles';
import type { VenueDeployment } from '@undertow/venues';
import { FEED_DECIMALS, feedLabel } from './deploy/listing.ts';
import type { DevnetNetwork } from './scene.ts';
import { VENUES, type VenueKey } from './venues/index.ts';
import type { DevnetContracts } from './venues/venue-scene.ts';

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
    callsEvery: 1,
    deployments: [
      ...deploymentsOf(contracts),
      ...keysOf(contracts).flatMap((key) => oraclesOf(key, contracts, chainId)),
      {
        adapter: 'chainlink',
        id: 'chainlink@devnet',
        feeds: assets.map(({ symbol, feedProxy, feedAggregator }) => ({
          id: feedProxy,
          chainId,
          description: feedLabel(symbol),
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
      {
        adapter: 'price-sources',
        id: 'price-sources@devnet',
        logged: assets.map(({ feedProxy }) => feedProxy),
      },
    ],
  };
}

const keysOf = ({ venues }: DevnetContracts) => Object.keys(venues) as VenueKey[];

function deploymentsOf(contracts: DevnetContracts): VenueDeployment[] {
  return keysOf(contracts).flatMap((key) => deploymentOf(key, contracts) ?? []);
}

function deploymentOf<Key extends VenueKey>(
  key: Key,
  { venues }: DevnetContracts,
): VenueDeployment | undefined {
  return VENUES[key].deployment(venues[key]);
}

function oraclesOf<Key extends VenueKey>(
  key: Key,
  contracts: DevnetContracts,
  chainId: number,
): readonly OracleDeployment[] {
  return VENUES[key].oracles?.(contracts.venues[key], contracts, chainId) ?? [];
}
