import type { Read, Words } from '@undertow/chain';
import { feedPlace } from '@undertow/market';
import type { Address, FeedId, OracleRatio } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { compositionViews } from './abi.ts';

/** The call that reads a feed of an oracle: a Chainlink proxy's answer, a vault's rate or an oracle's own price. */
export function feedRead(feed: FeedId): Read {
  const place = feedPlace(feed);
  if (place?.kind === 'price') return viewRead(place.address, 'price');
  if (place?.kind !== 'vault') return viewRead(feed as Address, 'latestRoundData');
  const { address: to, sample } = place;
  return {
    to,
    data: encodeFunctionData({ abi: compositionViews, functionName: 'convertToAssets', args: [sample] }),
  };
}

/** The answer in a result of `feedRead`; undefined when the call failed. May be zero or negative. */
export function answerOf(result: Words): bigint | undefined {
  // `latestRoundData` gives five words; a price or a vault's rate is one.
  const word = result?.[result.length === 5 ? 1 : 0];
  return word === undefined ? undefined : BigInt.asIntN(256, word);
}

/** Whether an oracle is no more than its own price. */
export function isOwnPrice({ base, quote }: OracleRatio): boolean {
  return base.length === 1 && quote.length === 0 && feedPlace(base[0]!)?.kind === 'price';
}

/** Read of a view without arguments. */
export function viewRead(
  to: Address,
  functionName: Exclude<(typeof compositionViews)[number]['name'], 'convertToAssets'>,
): Read {
  return { to, data: encodeFunctionData({ abi: compositionViews, functionName }) };
}
