import { answerFacts, readWords } from '@undertow/chain';
import type { CallReader, SnapshotPoint, Words } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Fact, FeedId, VenueId } from '@undertow/market';
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
    facts.push(...answerFacts(key, { source, feed, ...answerIn(results[i], at) }));
  }
  return facts;
}

function answerIn(result: Words, at: SnapshotPoint) {
  const answer = answerOf(result);
  const [round, updatedAt] = result && isRound(result) ? [result[0]!, result[3]!] : [0n, BigInt(at.time)];
  return { answer, round, updatedAt };
}
