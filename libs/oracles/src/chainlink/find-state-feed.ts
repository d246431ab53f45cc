import { addressOf, readWords, textOf, usableDecimals, type CallReader } from '@undertow/chain';
import type { Address, Feed } from '@undertow/market';
import { ConfigError } from '@undertow/units';
import { encodeFunctionData } from 'viem/utils';
import { proxyViews } from './abi.ts';

/**
 * A feed that says a state and no price, as it stands behind a proxy at a block: its answers are logged by the aggregator that the proxy
 * has then. Throws ConfigError where the contract does not answer as such a proxy: a state has no decimals.
 */
export async function findStateFeed(
  reader: CallReader,
  { chainId, block, proxy }: { readonly chainId: number; readonly block: number; readonly proxy: Address },
): Promise<Feed> {
  const view = (functionName: 'aggregator' | 'decimals' | 'description') => ({
    to: proxy,
    data: encodeFunctionData({ abi: proxyViews, functionName }),
  });
  const [aggregator, decimals] = await readWords(reader, block, [view('aggregator'), view('decimals')]);
  const [text] = await reader.calls([view('description')], block);
  if (!aggregator?.[0] || usableDecimals(decimals) !== 0)
    throw new ConfigError(`${proxy} is not a Chainlink feed of a state at block ${block}`);
  const description = textOf(text)?.trim() || proxy;
  return { id: proxy, chainId, description, decimals: 0, aggregator: addressOf(aggregator[0]) };
}
