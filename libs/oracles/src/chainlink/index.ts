import type { LogSource } from '@undertow/chain';
import type { Fact, FeedId } from '@undertow/market';
import { answerTopic, chainlinkDecoder } from './decode.ts';
import type { ChainlinkDeployment } from './deployments.ts';
import { readAnswers } from './snapshot.ts';

export type { ChainlinkDeployment } from './deployments.ts';

/** A set of Chainlink feeds as a source of prices: by logs where the aggregator is known, else by polling. */
export function openChainlink(deployment: ChainlinkDeployment): LogSource {
  const { id, feeds } = deployment;
  const logged = feeds.flatMap(({ aggregator }) => (aggregator ? [aggregator] : []));
  const addresses = [...new Set(logged)];
  const decode = chainlinkDecoder(deployment);
  const source: LogSource = {
    id,
    addresses: () => addresses,
    topics: [answerTopic],
    decode: (log) => ({ facts: decode(log) }),
    enrich: async (facts) => {
      const named = new Set(facts.flatMap((fact) => (fact.kind === 'PricePosted' ? [fact.feed] : [])));
      return { facts: [], reference: { feeds: feeds.filter((feed) => named.has(feed.id)) } };
    },
    snapshot: async (reader, at) => ({
      facts: numbered((await readAnswers(id, feeds, reader, at)).flat()),
      reference: { feeds },
    }),
  };
  const polled = feeds.filter((feed) => feed.aggregator === undefined);
  if (polled.length === 0) return source;

  const seen = new Map<FeedId, string>();
  return {
    ...source,
    restore: () => seen.clear(),
    poll: async (reader, at) => {
      const answers = await readAnswers(id, polled, reader, at);
      const changed = polled.flatMap((feed, i) => {
        const facts = answers[i] as readonly Fact[];
        const state = facts.map(stateOf).join();
        if (seen.get(feed.id) === state) return [];
        seen.set(feed.id, state);
        return facts;
      });
      return numbered(changed);
    },
  };
}

/** What there is to tell of an answer; a feed that gives none has no time of its own. */
function stateOf(fact: Fact): string {
  if (fact.kind !== 'PricePosted') return fact.kind === 'Quarantined' ? fact.reason : fact.kind;
  return fact.answer > 0n ? `${fact.round}:${fact.answer}:${fact.updatedAt}` : '';
}

function numbered(facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact, part) => ({ ...fact, part }));
}
