import type { LogSource } from '@undertow/chain';
import { answerTopic, chainlinkDecoder } from './decode.ts';
import type { ChainlinkDeployment } from './deployments.ts';
import { readAnswers } from './snapshot.ts';

export type { ChainlinkDeployment } from './deployments.ts';

/** A set of Chainlink feeds as a source of prices, by the logs of their aggregators. */
export function openChainlink(deployment: ChainlinkDeployment): LogSource {
  const { id, feeds, states = [] } = deployment;
  const logged = feeds.flatMap(({ aggregator }) => (aggregator ? [aggregator] : []));
  const addresses = [...new Set(logged)];
  const decode = chainlinkDecoder(deployment);
  return {
    id,
    addresses: () => addresses,
    topics: [answerTopic],
    decode: (log) => ({ facts: decode(log) }),
    enrich: async (facts) => {
      const named = new Set(facts.flatMap((fact) => (fact.kind === 'PricePosted' ? [fact.feed] : [])));
      return { facts: [], reference: { feeds: feeds.filter((feed) => named.has(feed.id)) } };
    },
    snapshot: async (reader, at) => ({
      facts: (await readAnswers(id, feeds, reader, at))
        .flatMap((said, row) => (states.includes(feeds[row]!.id) ? said.slice(0, 1) : said))
        .map((fact, part) => ({ ...fact, part })),
      reference: { feeds },
    }),
  };
}
