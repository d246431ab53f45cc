import type { Read, Words } from '@undertow/chain';
import type { Address, FeedId, OracleRatio, VenueId } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { compositionViews } from './abi.ts';

/** The call that reads a feed of an oracle: a Chainlink proxy's answer, a vault's rate or an oracle's own price. */
export function feedRead(feed: FeedId): Read {
  const [, , kind, contract, sample] = /^(.*):(price|vault):(0x[0-9a-f]{40})(?::(\d+))?$/.exec(feed) ?? [];
  if (kind === undefined) return viewRead(feed as Address, 'latestRoundData');
  const to = contract as Address;
  if (kind === 'price') return viewRead(to, 'price');
  const args = [BigInt(sample as string)] as const;
  return { to, data: encodeFunctionData({ abi: compositionViews, functionName: 'convertToAssets', args }) };
}

/** The answer in a result of `feedRead`; undefined when the call failed. May be zero or negative. */
export function answerOf(result: Words): bigint | undefined {
  const word = result?.[isRound(result) ? 1 : 0];
  return word === undefined ? undefined : BigInt.asIntN(256, word);
}

/** Whether a result is that of `latestRoundData`, which gives five words; a price or a vault's rate is one. */
export function isRound(result: readonly bigint[]): boolean {
  return result.length === 5;
}

/** Id of the feed that is an oracle's own price. */
export function priceFeedId(venue: VenueId, oracle: Address): FeedId {
  return `${venue}:price:${oracle}`;
}

/** Whether an oracle is no more than its own price. */
export function isOwnPrice({ base, quote }: OracleRatio): boolean {
  return base.length === 1 && quote.length === 0 && /:price:0x[0-9a-f]{40}$/.test(base[0]!);
}

/** Id of the feed that is what some shares of a vault are worth. */
export function vaultFeedId(venue: VenueId, vault: Address, sample: bigint): FeedId {
  return `${venue}:vault:${vault}:${sample}`;
}

/** Read of a view without arguments. */
export function viewRead(
  to: Address,
  functionName: Exclude<(typeof compositionViews)[number]['name'], 'convertToAssets'>,
): Read {
  return { to, data: encodeFunctionData({ abi: compositionViews, functionName }) };
}
