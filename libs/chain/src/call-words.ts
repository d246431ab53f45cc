import type { CallReader } from './source.ts';
import type { Address, Hex } from '@undertow/market';
import { decodeAbiParameters, hexToString } from 'viem/utils';

/** A read to make. */
export interface Read {
  readonly to: Address;
  readonly data: Hex;
}

/** A result as words, unsigned; undefined when the call reverted or there was no contract. */
export type Words = readonly bigint[] | undefined;

/** Results of some reads at one block as 32-byte words, in their order: enough for everything without strings. */
export async function readWords(
  reader: CallReader,
  block: number,
  reads: readonly Read[],
): Promise<readonly Words[]> {
  if (reads.length === 0) return [];
  return (await reader.calls(reads, block)).map(words);
}

/** The address in a word, lower case. */
export function addressOf(word: bigint): Address {
  return `0x${(word & ((1n << 160n) - 1n)).toString(16).padStart(40, '0')}`;
}

/** The text that a view returned, as `string` or, in old tokens, as `bytes32`; undefined when it is neither. */
export function textOf(result: Hex | undefined): string | undefined {
  if (result === undefined || result === '0x') return undefined;
  try {
    if (result.length === 66) return hexToString(result, { size: 32 }).replaceAll('\0', '');
    return decodeAbiParameters([{ type: 'string' }], result)[0];
  } catch {
    // Anything may call itself a token; what it answers need not be text.
    return undefined;
  }
}

function words(result: Hex | undefined): Words {
  if (result === undefined || result.length < 66 || (result.length - 2) % 64 !== 0) return undefined;
  const count = (result.length - 2) / 64;
  return Array.from({ length: count }, (_, i) => BigInt(`0x${result.slice(2 + 64 * i, 66 + 64 * i)}`));
}
