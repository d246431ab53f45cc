import type { LogSource } from '@undertow/chain';
import type { Devnet } from '@undertow/devnet';
import { openSource } from '@undertow/sources';

/** The sources of a local chain that a public one would have too: nobody says what its feeds and vaults are. */
export function posedSources({ network }: Devnet): readonly LogSource[] {
  return network.deployments.flatMap((deployment) => {
    if (deployment.adapter === 'chainlink' || deployment.adapter === 'erc4626') return [];
    if (deployment.adapter !== 'price-sources') return [openSource(deployment)];
    return [openSource({ adapter: deployment.adapter, id: deployment.id })];
  });
}
