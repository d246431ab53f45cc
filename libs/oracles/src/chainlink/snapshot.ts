import { readWords } from '@undertow/chain';
import type { CallReader, SnapshotPoint, Words } from '@undertow/chain';
import { SNAPSHOT_LOG_INDEX } from '@undertow/market';
import type { Address, Fact, FactKey, Feed } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { proxyViews } from './abi.ts';
import { feedAnswerFacts } from './feed-answer.ts';

/** Latest answers of some feeds by calls to their proxies, in their order, each as the facts it is, with parts from 0. */
export async function readAnswers(
  source: string,
  feeds: readonly Feed[],
  reader: CallReader,
  at: SnapshotPoint,
): Promise<readonly (readonly Fact[])[]> {
  const data = encodeFunctionData({ abi: proxyViews, functionName: 'latestRoundData' });
  const results = await readWords(
    reader,
    at.block,
    feeds.map(({ id }) => ({ to: id as Address, data })),
  );
  const key = { ...at, logIndex: SNAPSHOT_LOG_INDEX, part: 0 };
  return feeds.map((feed, i) => answered(key, source, feed, results[i]));
}

function answered(key: FactKey, source: string, feed: Feed, words: Words): readonly Fact[] {
  const [round, answer, , updatedAt] = words ?? [];
  if (round === undefined || answer === undefined || updatedAt === undefined) {
    const none = { answer: undefined, round: 0n, updatedAt: BigInt(key.time) };
    return feedAnswerFacts(key, feed, { source, ...none });
  }
  return feedAnswerFacts(key, feed, { source, answer: BigInt.asIntN(256, answer), round, updatedAt });
}
