import { callPeriod, type LogSource, type SnapshotPoint } from '@undertow/chain';
import type { Address, Fact } from '@undertow/market';
import type { Erc4626Deployment } from './deployments.ts';
import { readVaults, silenceOf } from './read-vaults.ts';

/**
 * Vaults as a source of ratios. All by calls: yield reaches a vault without a log of its own, so logs do not
 * say what a share is worth.
 */
export function openErc4626(deployment: Erc4626Deployment): LogSource {
  /** What each vault was said to be worth in this period of calls. */
  const said = new Map<Address, string>();
  let last: SnapshotPoint | undefined;
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
    restore: (facts) => {
      said.clear();
      last = undefined;
      for (const fact of facts) {
        const vault = vaultOf(deployment, fact);
        if (vault !== undefined) said.set(vault, wordsOf(fact));
      }
    },
    poll: async (reader, at) => {
      // Going back in height: what was said above it is no longer stored.
      if (last && (at.block <= last.block || callPeriod(at) !== callPeriod(last))) said.clear();
      last = at;
      const now = await readVaults(deployment, reader, at);
      const changed = now.filter(({ vault, fact }) => said.get(vault) !== wordsOf(fact));
      for (const { vault, fact } of changed) said.set(vault, wordsOf(fact));
      return { facts: changed.map(({ fact }, part) => ({ ...fact, part })) };
    },
  };
}

const wordsOf = (fact: Fact) => (fact.kind === 'RatioPosted' ? String(fact.ratioWad) : fact.kind);

/** The vault that a fact is about; undefined when it is about something else. */
function vaultOf({ id, vaults }: Erc4626Deployment, fact: Fact): Address | undefined {
  if (fact.kind === 'Quarantined' && fact.source === id)
    return vaults.find(({ address }) => fact.reason === silenceOf(address))?.address;
  return fact.kind === 'RatioPosted' && vaults.some(({ address }) => address === fact.asset)
    ? fact.asset
    : undefined;
}
