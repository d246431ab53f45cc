import type { Fact, FactKey, Feed, Hex } from '@undertow/market';

/** An answer as an aggregator or its proxy gave it. */
export interface FeedAnswer {
  readonly answer: bigint;
  readonly round: bigint;
  readonly updatedAt: bigint;
  /** The log it came from; nothing when it came by a call. */
  readonly topics: readonly Hex[];
  readonly data: Hex;
}

/** Bits of a round that count within one aggregator; a proxy puts its phase above them (AggregatorProxy.addPhase). */
const ROUND_MASK = (1n << 64n) - 1n;

/**
 * The fact that an answer is: `PricePosted`, or `Quarantined` when it is zero or negative, because no venue takes
 * such a price and none can be valued by it. An old answer is a price like any other: its age is in the fact.
 */
export function feedAnswerFact(key: FactKey, source: string, feed: Feed, said: FeedAnswer): Fact {
  const { answer, updatedAt, topics, data } = said;
  if (answer <= 0n) {
    const reason = `answer ${answer} of ${feed.description || feed.id} is not positive`;
    return { ...key, kind: 'Quarantined', source, reason, topics, data };
  }
  const round = said.round & ROUND_MASK;
  return { ...key, kind: 'PricePosted', feed: feed.id, answer, round, updatedAt: Number(updatedAt) };
}
