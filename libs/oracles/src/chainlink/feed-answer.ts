import { answerFacts } from '@undertow/chain';
import type { FeedAnswer } from '@undertow/chain';
import type { Fact, FactKey, Feed } from '@undertow/market';

/** Bits of a round that count within one aggregator; a proxy puts its phase above them (AggregatorProxy.addPhase). */
export const ROUND_MASK = (1n << 64n) - 1n;

/** The facts that an answer of an aggregator or its proxy is; see `answerFacts`. */
export function feedAnswerFacts(
  key: FactKey,
  feed: Feed,
  said: Omit<FeedAnswer, 'feed' | 'name'>,
): readonly Fact[] {
  const round = said.round & ROUND_MASK;
  return answerFacts(key, { ...said, feed: feed.id, name: feed.description || feed.id, round });
}
