import type { LogSource } from '@undertow/chain';
import type { Erc4626Deployment } from './deployments.ts';
import { readVaults } from './read-vaults.ts';

/**
 * Vaults as a source of ratios. All by calls at each head: yield reaches a vault without a log of its own, so logs do not
 * say what a share is worth.
 */
export function openErc4626(deployment: Erc4626Deployment): LogSource {
  const seen = new Map<string, bigint | undefined>();
  let block = -1;
  return {
    id: deployment.id,
    addresses: () => [],
    topics: [],
    decode: () => ({ facts: [] }),
    enrich: async () => ({ facts: [], reference: {} }),
    snapshot: async (reader, at) => ({
      facts: (await readVaults(deployment, reader, at)).map(({ fact }, part) => ({ ...fact, part })),
      reference: {},
    }),
    restore: () => {
      seen.clear();
      block = -1;
    },
    poll: async (reader, at) => {
      // Going back in height: what was said above it is no longer stored.
      if (at.block <= block) seen.clear();
      block = at.block;
      const said = await readVaults(deployment, reader, at);
      const changed = said.filter(({ vault, assets }) => !seen.has(vault) || seen.get(vault) !== assets);
      for (const { vault, assets } of changed) seen.set(vault, assets);
      return { facts: changed.map(({ fact }, part) => ({ ...fact, part })) };
    },
  };
}
