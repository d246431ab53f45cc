import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 4 * 1_024 * 1_024;

/** What a path gave. */
export type FileBytes =
  { readonly is: 'bytes'; readonly bytes: Buffer } | { readonly is: 'too long' } | { readonly is: 'no file' };

/** The bytes of a plain file, unless it is none or longer than some number of bytes. Waits for no writer of a pipe. */
export function readAtMost(path: string, most: number): FileBytes {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) return { is: 'no file' };
    const chunks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const read = readSync(file, chunk);
      if (read === 0) return { is: 'bytes', bytes: Buffer.concat(chunks) };
      total += read;
      if (total > most) return { is: 'too long' };
      chunks.push(read < CHUNK_BYTES ? Buffer.from(chunk.subarray(0, read)) : chunk);
    }
  } finally {
    closeSync(file);
  }
}
