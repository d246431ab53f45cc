import type { Address, Asset } from '@undertow/market';
import { toFunctionSelector } from 'viem/utils';
import { readWords, textOf, type Words } from './call-words.ts';
import type { CallReader } from './source.ts';

/** Most decimals that a token or feed may have: one whole unit of it still fits a word (10^77 < 2^256). */
export const MAX_DECIMALS = 77;

/** Longest symbol kept, in characters; real ones have a dozen at most. */
const LONGEST_SYMBOL = 40;

const SYMBOL = toFunctionSelector('function symbol()');
const DECIMALS = toFunctionSelector('function decimals()');

/** A token to describe; `decimals` where the venue itself says them. */
export interface TokenWanted {
  readonly address: Address;
  readonly decimals?: number;
}

/**
 * Reference rows of tokens as they describe themselves, each once. Anyone may write a token, so nothing it answers is
 * relied on: one that gives no symbol (or no text) is called by its address, and one that gives no decimals up to
 * `MAX_DECIMALS` is left out, so that what hangs on it shows as a coverage gap.
 */
export async function readTokens(
  reader: CallReader,
  at: { readonly chainId: number; readonly block: number },
  tokens: readonly TokenWanted[],
): Promise<readonly Asset[]> {
  const wanted = [...new Map(tokens.map((token) => [token.address, token])).values()];
  const silent = wanted.filter(({ decimals }) => decimals === undefined);
  const said = await readWords(
    reader,
    at.block,
    silent.map(({ address }) => ({ to: address, data: DECIMALS })),
  );
  const decimalsOf = new Map(silent.map(({ address }, i) => [address, usableDecimals(said[i])]));
  const symbols =
    wanted.length === 0
      ? []
      : await reader.calls(
          wanted.map(({ address }) => ({ to: address, data: SYMBOL })),
          at.block,
        );
  return wanted.flatMap(({ address, decimals = decimalsOf.get(address) }, i) => {
    if (decimals === undefined || decimals > MAX_DECIMALS) return [];
    const symbol = readable(textOf(symbols[i])) || `${address.slice(0, 6)}…${address.slice(-4)}`;
    return [{ chainId: at.chainId, address, symbol, decimals }];
  });
}

/** Decimals in the answer of a `decimals()` call; undefined when it is no number up to `MAX_DECIMALS`. */
export function usableDecimals(answer: Words): number | undefined {
  const [places, ...more] = answer ?? [];
  const isNumber = places !== undefined && more.length === 0;
  return isNumber && places <= BigInt(MAX_DECIMALS) ? Number(places) : undefined;
}

/** Text on one line that looks like what it is: no control, direction or invisible characters, and not too long. */
function readable(text: string | undefined): string {
  const visible = (text ?? '').replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
  return [...visible].slice(0, LONGEST_SYMBOL).join('');
}
