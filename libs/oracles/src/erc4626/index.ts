import type { LogSource } from '@undertow/chain';
import type { Fact } from '@undertow/market';
import type { Erc4626Deployment } from './deployments.ts';
import { readVaults, type Said } from './read-vaults.ts';

/**
 * Vaults as a source of ratios, and of the prices that adapters make of them. All by calls at each head: yield reaches a
 * vault without a log of its own, so logs do not say what a share is worth.
 */
export function openErc4626(deployment: Erc4626Deployment): LogSource {
  const { id, vaults } = deployment;
  const feeds = vaults.flatMap((vault) => vault.feeds);
  const seen = new Map<string, bigint | undefined>();
  let block = -1;
  let isTold = false;
  return {
    id,
    addresses: () => [],
    topics: [],
    decode: () => ({ facts: [] }),
    enrich: async () => {
      const reference = isTold ? {} : { feeds };
      isTold = true;
      return { facts: [], reference };
    },
    snapshot: async (reader, at) => ({
      facts: numbered(await readVaults(deployment, reader, at)),
      reference: { feeds },
    }),
    restore: () => {
      seen.clear();
      block = -1;
      isTold = false;
    },
    poll: async (reader, at) => {
      // Going back in height: what was said above it is no longer stored.
      if (at.block <= block) seen.clear();
      block = at.block;
      const said = await readVaults(deployment, reader, at);
      const changed = said.filter(({ about, answer }) => !seen.has(about) || seen.get(about) !== answer);
      for (const { about, answer } of changed) seen.set(about, answer);
      return numbered(changed);
    },
  };
}

const numbered = (said: readonly Said[]): Fact[] =>
  said.flatMap(({ facts }) => facts).map((fact, part) => ({ ...fact, part }));
