import { readWords, textOf } from '@undertow/chain';
import type { CallReader, ReferencePart } from '@undertow/chain';
import type { Address } from '@undertow/market';
import { encodeFunctionData } from 'viem/utils';
import { lyraViews } from './abi.ts';
import type { LyraAvalonDeployment } from './deployments.ts';

/** The venue's own row and its two synthetic assets, by their contracts; one without decimals is left out. */
export async function readReference(
  { id, version, optionMarket, quoteAsset, baseAsset }: LyraAvalonDeployment,
  reader: CallReader,
  at: { readonly chainId: number; readonly block: number },
): Promise<ReferencePart> {
  const { chainId, block } = at;
  const tokens: readonly Address[] = [quoteAsset, baseAsset];
  const read = (functionName: 'symbol' | 'decimals') =>
    tokens.map((to) => ({ to, data: encodeFunctionData({ abi: lyraViews, functionName }) }));
  const decimals = await readWords(reader, block, read('decimals'));
  const symbols = await reader.calls(read('symbol'), block);
  return {
    venues: [{ id, chainId, protocol: 'lyra-avalon', version, mechanism: 'option', address: optionMarket }],
    assets: tokens.flatMap((address, i) => {
      const places = decimals[i]?.[0];
      if (places === undefined || places > 77n) return [];
      const symbol = textOf(symbols[i]) || address.slice(0, 8);
      return [{ chainId, address, symbol, decimals: Number(places) }];
    }),
  };
}
