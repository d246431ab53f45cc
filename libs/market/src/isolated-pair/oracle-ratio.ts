import type { FeedId } from '../id.ts';
import type { OracleRef } from '../oracle-ref.ts';

/** An oracle that prices collateral in units of the loan asset. */
export type OracleRatio = Extract<OracleRef, { readonly form: 'ratio' }>;

/**
 * Price of one raw unit of collateral in raw units of the loan asset, scaled by 10³⁶:
 * `scaleFactor × Π base ÷ Π quote`, rounded down once; an empty product is 1. Undefined when an answer is missing
 * or not positive: the oracle reverts then, or says nothing that can be relied on.
 * Sources: MorphoChainlinkOracleV2.price; libs/devnet PairOracle.price.
 */
export function oracleRatioE36(
  ratio: OracleRatio,
  answerOf: (feed: FeedId) => bigint | undefined,
): bigint | undefined {
  const base = product(ratio.base, answerOf);
  const quote = product(ratio.quote, answerOf);
  if (base === undefined || quote === undefined) return undefined;
  return (ratio.scaleFactor * base) / quote;
}

/**
 * Answer of one feed at which the oracle's price is just below `priceE36`, the other feeds held fixed: the highest such
 * answer of a base feed, the lowest of a quote feed. Undefined when no positive answer does it, when another feed does
 * not answer, and when the oracle does not ask the feed exactly once.
 */
export function oracleAnswerBelow(
  ratio: OracleRatio,
  feed: FeedId,
  {
    priceE36,
    answerOf,
  }: { readonly priceE36: bigint; readonly answerOf: (feed: FeedId) => bigint | undefined },
): bigint | undefined {
  const isFeed = (other: FeedId) => other === feed;
  if ([...ratio.base, ...ratio.quote].filter(isFeed).length !== 1) return undefined;
  const base = product(
    ratio.base.filter((other) => !isFeed(other)),
    answerOf,
  );
  const quote = product(
    ratio.quote.filter((other) => !isFeed(other)),
    answerOf,
  );
  if (base === undefined || quote === undefined || priceE36 <= 0n) return undefined;
  const answer = ratio.base.includes(feed)
    ? (priceE36 * quote - 1n) / (ratio.scaleFactor * base)
    : (ratio.scaleFactor * base) / (priceE36 * quote) + 1n;
  return answer > 0n ? answer : undefined;
}

function product(
  feeds: readonly FeedId[],
  answerOf: (feed: FeedId) => bigint | undefined,
): bigint | undefined {
  let result = 1n;
  for (const feed of feeds) {
    const answer = answerOf(feed);
    if (answer === undefined || answer <= 0n) return undefined;
    result *= answer;
  }
  return result;
}
