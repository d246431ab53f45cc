import type { LogSource } from '@undertow/chain';
import { openOracle } from '@undertow/oracles';
import { openVenue } from '@undertow/venues';
import type { WatchedNetwork } from './indexer-config.ts';

/** Whether a deployment has accounts, which a network that starts from a snapshot has to find first. */
export function hasAccounts({ adapter }: WatchedNetwork['deployments'][number]): boolean {
  return adapter === 'aave-v3' || adapter === 'morpho-blue';
}

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
