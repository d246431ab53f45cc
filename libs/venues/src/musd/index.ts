import type { LogSource } from '@undertow/chain';
import { CDP_MARKET_ID } from '@undertow/market';
import type { Fact, TermsChanged } from '@undertow/market';
import { musdDecoder, musdTopics } from './decode.ts';
import type { MusdDeployment } from './deployments.ts';
import { nothingLearned, relearn } from './learned.ts';
import { readConstants, readReference, snapshotMusd } from './snapshot.ts';

export type { MusdDeployment } from './deployments.ts';

/** Part of the fact that carries what no log says: after that of the log itself. */
const UNLOGGED_PART = 1;

/** A deployment of MUSD as a source of facts: positions, redistributions, the stability pool, terms, liquidations. */
export function openMusd(deployment: MusdDeployment): LogSource {
  const learned = nothingLearned();
  const { troveManager, borrowerOperations, interestRateManager, activePool, defaultPool } = deployment;
  const { stabilityPool, priceFeed, musd } = deployment;
  const addresses = [
    ...[troveManager, borrowerOperations, interestRateManager, activePool, defaultPool],
    ...[stabilityPool, priceFeed, musd],
  ];
  const decode = musdDecoder(deployment, learned);
  return {
    id: deployment.id,
    addresses: () => addresses,
    topics: musdTopics,
    decode: (log) => ({ facts: decode(log) }),
    enrich: async (facts, reader, block) => {
      const registered = facts.filter((fact) => registersOracle(fact, deployment));
      const [first] = registered;
      if (!first) return { facts: [], reference: {} };
      const patch = { form: 'cdp', ...(await readConstants(deployment, reader, block)) } as const;
      return {
        facts: registered.map((fact) => ({ ...fact, part: UNLOGGED_PART, patch })),
        reference: await readReference(deployment, reader, { chainId: first.chainId, block }),
      };
    },
    snapshot: async (reader, at) => {
      const facts = await snapshotMusd(deployment, reader, at);
      relearn(learned, deployment.id, facts);
      return { facts, reference: await readReference(deployment, reader, at) };
    },
    restore: (facts) => relearn(learned, deployment.id, facts),
  };
}

/** The log with which a deployment starts to work: with it comes what no log carries. */
function registersOracle(fact: Fact, { id }: MusdDeployment): fact is TermsChanged {
  if (fact.kind !== 'TermsChanged' || fact.venue !== id || fact.market !== CDP_MARKET_ID) return false;
  return fact.patch.form === 'cdp' && fact.patch.oracle !== undefined;
}
