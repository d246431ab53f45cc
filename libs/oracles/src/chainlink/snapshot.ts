import { readWords } from '@undertow/chain';
import type { CallReader, SnapshotPoint, Words } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Address, Fact, Feed } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { proxyViews } from './abi.ts';
import { feedAnswerFact } from './feed-answer.ts';

/** Latest answers of some feeds by calls to their proxies, in their order, each as the fact it is. */
export async function readAnswers(
  source: string,
  feeds: readonly Feed[],
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly Fact[]> {
  const data = encodeFunctionData({ abi: proxyViews, functionName: 'latestRoundData' });
  const results = await readWords(
    reader,
    at.block,
    feeds.map(({ id }) => ({ to: id as Address, data })),
  );
  return feeds.map((feed, part) => answerFact(source, feed, results[part], { ...at, part }));
}

function answerFact(source: string, feed: Feed, words: Words, at: SnapshotPoint & { part: number }): Fact {
  const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX };
  const [round, answer, , updatedAt] = words ?? [];
  if (round === undefined || answer === undefined || updatedAt === undefined) {
    const reason = `${feed.description || feed.id} gives no answer`;
    return { ...key, kind: 'Quarantined', source, reason, topics: [], data: '0x' };
  }
  const said = { answer: BigInt.asIntN(256, answer), round, updatedAt, topics: [], data: '0x' } as const;
  return feedAnswerFact(key, source, feed, said);
}
