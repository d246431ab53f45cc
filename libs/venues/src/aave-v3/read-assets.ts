import type { CallReader } from '@undertow/chain';
import type { Address, Asset, Hex } from '@undertow/market';
import { hexToString, isHex, toFunctionSelector } from 'viem/utils';
import { tryReadMany } from './read-calls.ts';

/** Reference rows of tokens. A token without a symbol is called by its address. */
export async function readAssets(
  reader: CallReader,
  at: { readonly chainId: number; readonly block: number },
  tokens: readonly { readonly address: Address; readonly decimals: number }[],
): Promise<readonly Asset[]> {
  const symbols = await tryReadMany(
    reader,
    at.block,
    'symbol',
    tokens.map(({ address }) => [address] as const),
  );
  const nameless = tokens.filter((_token, i) => symbols[i] === undefined);
  const words = await reader.calls(
    nameless.map(({ address }) => ({ to: address, data: toFunctionSelector('function symbol()') })),
    at.block,
  );
  const fallback = new Map(nameless.map(({ address }, i) => [address, bytes32Text(words[i])]));
  return tokens.map(({ address, decimals }, i) => ({
    chainId: at.chainId,
    address,
    symbol: symbols[i] ?? fallback.get(address) ?? `${address.slice(0, 6)}…${address.slice(-4)}`,
    decimals,
  }));
}

/** Tokens older than the standard (MKR) return their symbol as a padded word. */
function bytes32Text(word: Hex | undefined): string | undefined {
  if (!isHex(word) || word.length !== 66) return undefined;
  const text = hexToString(word, { size: 32 }).replaceAll('\0', '').trim();
  return text === '' ? undefined : text;
}
