import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { BadDataError } from '@undertow/units';
import { CID } from 'multiformats/cid';
import * as raw from 'multiformats/codecs/raw';
import { create } from 'multiformats/hashes/digest';

/**
 * A value as canonical JSON (RFC 8785): fields by name, numbers by the shortest digits that read back as the same float, no blanks.
 * Fields that are undefined are left out. Equal values give equal text.
 *
 * @throws BadDataError for a number that is none, infinity, and text that is no Unicode.
 */
export function canonicalText(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new BadDataError(`this cannot be said in JSON: ${(cause as Error).message}`, { cause });
  }
  if (text === undefined) throw new BadDataError('this cannot be said in JSON: it is no value');
  return text;
}

/** SHA-256, hex, of a value's canonical JSON. */
export const hashOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalText(value))));

/** Code of SHA-256 in the multicodec table. */
const SHA2_256 = 0x12;

/**
 * The content identifier (CIDv1, base 32) of the bytes that have this SHA-256: what IPFS calls a block of them. Its codec is **raw**,
 * as it is the bytes themselves that are named; dag-json would be another canonical form than RFC 8785.
 *
 * @param hash SHA-256, hex.
 */
export function cidOf(hash: string): string {
  const bytes = Uint8Array.from({ length: hash.length / 2 }, (_, i) =>
    Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16),
  );
  return CID.createV1(raw.code, create(SHA2_256, bytes)).toString();
}
