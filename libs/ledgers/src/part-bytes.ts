import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import type { LedgerPart } from '@undertow/book';

// V8's own serialisation: it knows maps and integers of any size, needs no list of fields that could miss one, and reads
// what older versions of it wrote. Field names repeat, which zstd takes out again. Of the libraries that know as much
// (msgpackr, cbor-x), neither is smaller once compressed, and both take longer to write.

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** The fastest setting: the next better ones make parts no smaller. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Part by part as bytes. Others have their turn after each, so that nothing waits for a large ledger. */
export async function* partBytes(parts: Iterable<LedgerPart>): AsyncGenerator<Buffer, void, void> {
  for (const part of parts) yield await compress(serialize(part), FAST);
}

/** The part that bytes stand for. Throws when they stand for none. */
export async function partOf(bytes: Buffer): Promise<LedgerPart> {
  return deserialize(await decompress(bytes)) as LedgerPart;
}
