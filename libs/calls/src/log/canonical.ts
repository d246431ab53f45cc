import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { BadDataError } from '@undertow/units';

/**
 * SHA-256, hex, of a value's canonical JSON (RFC 8785). Fields that are undefined are left out, as in the JSON that is stored.
 *
 * @throws BadDataError for what JSON cannot say.
 */
export function hashOf(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new BadDataError(`this cannot be said in JSON: ${(cause as Error).message}`, { cause });
  }
  if (text === undefined) throw new BadDataError('this cannot be said in JSON: it is no value');
  return bytesToHex(sha256(utf8ToBytes(text)));
}
