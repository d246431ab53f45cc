import type { Fact, FactKey, FeedId, Hex, PricePosted } from '@undertow/market';

/** What a feed said, by a log or a call. */
export interface FeedAnswer {
  /** Who read it: the source that a quarantined answer is counted under. */
  readonly source: string;
  readonly feed: FeedId;
  /** What people call the feed. Default its id. */
  readonly name?: string;
  /** Raw; undefined when the feed was asked and gave none. */
  readonly answer: bigint | undefined;
  readonly round: bigint;
  /** What the feed states, unix seconds. */
  readonly updatedAt: bigint;
  /** The log it came from; nothing when it came by a call. */
  readonly log?: { readonly topics: readonly Hex[]; readonly data: Hex };
}

/**
 * The facts that an answer is, with parts from the key's on: its `PricePosted`, and after it a `Quarantined` when the
 * answer is no price. No venue takes zero, a negative or nothing for a price, so neither does the book: the raw answer
 * (0 for none) is posted all the same, and whoever is priced by the feed is a coverage gap until it answers again. An old
 * answer is a price like any other; its age is in the fact. A stated time that is none is replaced by the block's.
 */
export function answerFacts(key: FactKey, said: FeedAnswer): readonly Fact[] {
  const { source, feed, name = feed, answer, round, updatedAt, log } = said;
  const statesTime = updatedAt <= BigInt(LAST_SECOND);
  const price: PricePosted = {
    ...key,
    kind: 'PricePosted',
    feed,
    answer: answer ?? 0n,
    round,
    updatedAt: statesTime ? Number(updatedAt) : key.time,
  };
  const reason =
    answer === undefined
      ? `${name} gives no answer`
      : answer <= 0n
        ? `answer ${answer} of ${name} is not positive`
        : statesTime
          ? undefined
          : `${name} states a time that is none`;
  if (reason === undefined) return [price];
  const { topics, data } = log ?? { topics: [], data: '0x' };
  return [price, { ...key, part: key.part + 1, kind: 'Quarantined', source, reason, topics, data }];
}

/** 9999-12-31 23:59:59 UTC: the last time that has a date with a year of four digits. */
const LAST_SECOND = 253_402_300_799;
