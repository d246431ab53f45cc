import { watchHoldings, type LogSource } from '@undertow/chain';
import { aaveV3Decoder } from './decode.ts';
import type { AaveV3Deployment } from './deployments.ts';
import { enrichReserves } from './enrich.ts';
import { LearnedContracts } from './learned-contracts.ts';
import { snapshotAaveV3 } from './snapshot.ts';

/** Source of one Aave v3 market; see README.md for what its facts mean and what is left out. */
export function openAaveV3(deployment: AaveV3Deployment): LogSource {
  const contracts = new LearnedContracts(deployment);
  const decoder = aaveV3Decoder(deployment, contracts);
  const held = watchHoldings(deployment.id);
  const { pool, poolConfigurator, oracle } = deployment;
  const source: LogSource = {
    id: deployment.id,
    addresses: () => [pool, poolConfigurator, oracle, ...contracts.tokenAddresses()],
    topics: decoder.topics,
    decode: decoder.decode,
    enrich: (facts, reader, block) => enrichReserves(deployment, facts, reader, block),
    snapshot: async (reader, at, owners, marketsOf) => {
      const snapshot = await snapshotAaveV3(deployment, reader, at, { owners, marketsOf });
      for (const fact of snapshot.facts) contracts.learn(fact);
      return snapshot;
    },
    restore: (facts) => {
      contracts.forget();
      decoder.reset();
      held.restore(facts);
      for (const fact of facts) contracts.learn(fact);
    },
  };
  if (!deployment.readsHoldings) return source;
  return {
    ...source,
    poll: async (reader, at) => ({ facts: await held.read(reader, at, contracts.holdings()) }),
  };
}
