import type { LogSource } from '@undertow/chain';
import { openOracle } from '@undertow/oracles';
import { openVenue } from '@undertow/venues';
import type { WatchedNetwork } from './indexer-config.ts';

/** The source of a deployment, by its adapter. */
export function openSource(deployment: WatchedNetwork['deployments'][number]): LogSource {
  switch (deployment.adapter) {
    case 'aave-v3':
    case 'morpho-blue':
      return openVenue(deployment);
    case 'chainlink':
    case 'uniswap-v3':
      return openOracle(deployment);
  }
}
