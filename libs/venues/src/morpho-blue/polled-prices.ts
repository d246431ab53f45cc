import { readWords } from '@undertow/chain';
import type { CallReader, SnapshotPoint, Words } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Fact, FactKey, FeedId, VenueId } from '@undertow/market';
import { answerOf, feedRead, isRound } from './feed-read.ts';

/** An answer as last polled. */
export type PolledAnswers = Map<FeedId, string>;

/**
 * Answers of some feeds at a block, as facts; feeds whose answer, round and time are those in `seen` are left out,
 * and `seen` is brought up. An answer of zero or less, and a call that fails, are `Quarantined`.
 */
export async function pollPrices(
  reader: CallReader,
  at: SnapshotPoint,
  source: VenueId,
  feeds: readonly FeedId[],
  seen: PolledAnswers,
): Promise<readonly Fact[]> {
  const reads = feeds.map(feedRead);
  const results = await readWords(reader, at.block, reads);
  const facts: Fact[] = [];
  for (const [i, feed] of feeds.entries()) {
    const state = results[i]?.join() ?? 'failed';
    if (seen.get(feed) === state) continue;
    seen.set(feed, state);
    const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: facts.length };
    facts.push(priceFact(key, feed, results[i]) ?? unusable(key, source, feed, state));
  }
  return facts;
}

function priceFact(key: FactKey, feed: FeedId, result: Words): Fact | undefined {
  const answer = answerOf(result);
  if (!result || answer === undefined || answer <= 0n) return undefined;
  const [round, updatedAt] = isRound(result) ? [result[0]!, Number(result[3]!)] : [0n, key.time];
  return { ...key, kind: 'PricePosted', feed, answer, round, updatedAt };
}

function unusable(key: FactKey, source: VenueId, feed: FeedId, state: string): Fact {
  const reason = state === 'failed' ? `price of ${feed} cannot be read` : `price of ${feed} is not positive`;
  return { ...key, kind: 'Quarantined', source, reason, topics: [], data: '0x' };
}
