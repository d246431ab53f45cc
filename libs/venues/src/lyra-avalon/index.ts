import { factsOfCalls } from '@undertow/chain';
import type { LogSource } from '@undertow/chain';
import { OPTION_MARKET_ID } from '@undertow/market';
import type { Fact, TermsChanged } from '@undertow/market';
import { lyraDecoder, lyraTopics } from './decode.ts';
import type { LyraAvalonDeployment } from './deployments.ts';
import { nothingLearned, relearn } from './learned.ts';
import { readReference } from './reference.ts';
import { readPoolValueWad, readUnloggedTerms, snapshotLyra } from './snapshot.ts';

export type { LyraAvalonDeployment } from './deployments.ts';

/** Part of the fact that carries what no log says: after that of the log itself. */
const UNLOGGED_PART = 1;

/** An option market of Lyra Avalon as a source of facts: positions, series, volatilities, parameters, liquidations. */
export function openLyraAvalon(deployment: LyraAvalonDeployment): LogSource {
  const learned = nothingLearned();
  const { optionMarket, optionToken, greekCache, pricer, synthetixAdapter } = deployment;
  const addresses = [optionMarket, optionToken, greekCache, pricer, synthetixAdapter];
  const decode = lyraDecoder(deployment, learned);
  return {
    id: deployment.id,
    addresses: () => addresses,
    topics: lyraTopics,
    decode: (log) => ({ facts: decode(log) }),
    enrich: async (facts, reader, block) => {
      const set = facts.find((fact) => setsAveraging(fact, deployment));
      if (!set) return { facts: [], reference: {} };
      const unlogged = await readUnloggedTerms(deployment, reader, block);
      const patch = { form: 'option-market', ...unlogged } as const;
      return {
        facts: [{ ...set, part: UNLOGGED_PART, patch }],
        reference: await readReference(deployment, reader, { chainId: set.chainId, block }),
      };
    },
    snapshot: async (reader, at, owners) => {
      const facts = await snapshotLyra(deployment, reader, at, owners);
      relearn(learned, deployment.id, facts);
      return { facts, reference: await readReference(deployment, reader, at) };
    },
    poll: async (reader, at) => {
      const poolValueWad = await readPoolValueWad(deployment, reader, at.block);
      if (poolValueWad === undefined || poolValueWad === learned.poolValueWad) return { facts: [] };
      learned.poolValueWad = poolValueWad;
      const patch = { form: 'option-market', poolValueWad } as const;
      const said = { kind: 'TermsChanged', venue: deployment.id, market: OPTION_MARKET_ID, patch } as const;
      return { facts: factsOfCalls(at, [said]) };
    },
    restore: (facts) => relearn(learned, deployment.id, facts),
  };
}

/** The parameters that every market has set before its first board: with them comes what no log carries. */
function setsAveraging(fact: Fact, { id }: LyraAvalonDeployment): fact is TermsChanged {
  if (fact.kind !== 'TermsChanged' || fact.venue !== id || fact.market !== OPTION_MARKET_ID) return false;
  return fact.patch.form === 'option-market' && fact.patch.averaging !== undefined;
}
