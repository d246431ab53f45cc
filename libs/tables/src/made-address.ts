import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Address } from '@undertow/market';

const ADDRESS = /^0x[0-9a-f]{40}$/i;

export const isAddress = (text: string): boolean => ADDRESS.test(text);

/** The address of a name that is none: the first 20 bytes of its SHA-256. An address stands for itself, in lower case. */
export function addressOf(name: string): Address {
  if (isAddress(name)) return name.toLowerCase() as Address;
  return `0x${bytesToHex(sha256(utf8ToBytes(name))).slice(0, 40)}`;
}
