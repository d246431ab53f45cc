import { compileDecoder, eventTopic, factKey } from '@undertow/chain';
import type { RawLog } from '@undertow/chain';
import type { Fact, Hex } from '@undertow/market';
import { answerUpdated } from './abi.ts';
import type { ChainlinkDeployment } from './deployments.ts';
import { feedAnswerFact } from './feed-answer.ts';

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
    return feeds.map((feed, part): Fact => {
      const key = factKey(log, part);
      if (args) {
        const { current: answer, roundId: round, updatedAt } = args;
        return feedAnswerFact(key, deployment.id, feed, { answer, round, updatedAt, topics, data });
      }
      const reason = 'not a whole log of AnswerUpdated';
      return { ...key, kind: 'Quarantined', source: deployment.id, reason, topics, data };
    });
  };
}
