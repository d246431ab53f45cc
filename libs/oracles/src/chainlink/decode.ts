import { compileDecoder, eventTopic, factKey } from '@undertow/chain';
import type { RawLog } from '@undertow/chain';
import type { Fact, Hex } from '@undertow/market';
import { answerUpdated } from './abi.ts';
import type { ChainlinkDeployment } from './deployments.ts';
import { feedAnswerFacts } from './feed-answer.ts';

/** First topic of an answer. */
export const answerTopic: Hex = eventTopic(answerUpdated);

/** Decoder of aggregators' answers; one aggregator may serve several feeds. Other logs say nothing. */
export function chainlinkDecoder(deployment: ChainlinkDeployment): (log: RawLog) => readonly Fact[] {
  const decode = compileDecoder(answerUpdated);
  return (log) => {
    if (log.topics[0] !== answerTopic) return [];
    const feeds = deployment.feeds.filter((feed) => feed.aggregator === log.address);
    const args = decode(log);
    const { topics, data } = log;
    const source = deployment.id;
    const facts = feeds.flatMap((feed): readonly Fact[] => {
      const key = factKey(log, 0);
      if (args) {
        const { current: answer, roundId: round, updatedAt } = args;
        const said = feedAnswerFacts(key, feed, { source, answer, round, updatedAt, log });
        return deployment.states?.includes(feed.id) ? said.slice(0, 1) : said;
      }
      const reason = 'not a whole log of AnswerUpdated';
      return [{ ...key, kind: 'Quarantined', source, reason, topics, data }];
    });
    return facts.map((fact, part) => ({ ...fact, part }));
  };
}
