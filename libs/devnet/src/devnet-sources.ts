import type { LogSource } from '@undertow/chain';
import { openOracle } from '@undertow/oracles';
import { openVenue } from '@undertow/venues';
import type { DevnetNetwork } from './devnet.ts';

/** The sources of facts of everything deployed on a local chain, for reading it without an indexer. */
export function devnetSources({ deployments }: DevnetNetwork): LogSource[] {
  return deployments.map((deployment) => {
    switch (deployment.adapter) {
      case 'aave-v3':
      case 'morpho-blue':
        return openVenue(deployment);
      case 'chainlink':
      case 'uniswap-v3':
        return openOracle(deployment);
    }
  });
}
