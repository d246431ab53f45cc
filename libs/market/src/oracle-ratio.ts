import type { FeedId } from './id.ts';
import type { OracleRef } from './terms.ts';

/** An oracle that prices collateral in units of the loan asset. */
export type OracleRatio = Extract<OracleRef, { readonly form: 'ratio' }>;

/**
 * Price of one raw unit of collateral in raw units of the loan asset, scaled by 10³⁶:
 * `scaleFactor × Π base ÷ Π quote`, rounded down once; an empty product is 1. Undefined when an answer is missing
 * or not positive: the oracle reverts then, or says nothing that can be relied on.
 * Sources: MorphoChainlinkOracleV2.price; libs/devnet FeedOracle.price.
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
