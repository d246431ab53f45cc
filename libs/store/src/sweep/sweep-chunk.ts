import { BadDataError } from '@undertow/units';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** Results of a range of a sweep, as bytes with their hash. */
export interface StoredChunk {
  readonly from: number;
  readonly to: number;
  readonly hash: string;
  readonly buffer: ArrayBuffer;
}

/** Which scenarios of a sweep, up to and without the last. */
export type ChunkRange = Pick<StoredChunk, 'from' | 'to'>;

/**
 * Keeps results of a range; the same again changes nothing.
 *
 * @throws BadDataError for other results than those that are kept: the same scenarios give the same bits wherever they run.
 */
export async function keepSweepChunk(store: Store, sweep: string, chunk: StoredChunk): Promise<void> {
  const { from, to, hash, buffer } = chunk;
  return explained('keeping results of a sweep', async () => {
    const { rowCount } = await store.pool.query(
      'INSERT INTO sweep_chunk VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING',
      [sweep, from, to, hash, Buffer.from(buffer)],
    );
    if (rowCount === 1) return;
    const { rows } = await store.pool.query<{ after: number; hash: string }>(
      'SELECT after, hash FROM sweep_chunk WHERE sweep = $1 AND first = $2',
      [sweep, from],
    );
    const [kept] = rows;
    if (kept === undefined || (kept.after === to && kept.hash === hash)) return;
    throw new BadDataError(
      `scenarios ${from} to ${to} of the sweep ${sweep} came out otherwise before: run the same version of this program everywhere`,
    );
  });
}

/** Ranges whose results are kept, in order. */
export async function readSweepRanges(store: Store, sweep: string): Promise<readonly ChunkRange[]> {
  return explained('reading a sweep', async () => {
    const { rows } = await store.pool.query<ChunkRange>(
      'SELECT first AS "from", after AS "to" FROM sweep_chunk WHERE sweep = $1 ORDER BY first',
      [sweep],
    );
    return rows;
  });
}

/** All results that are kept, in order, read one after the other. */
export async function readSweepChunks(store: Store, sweep: string): Promise<readonly StoredChunk[]> {
  const chunks: StoredChunk[] = [];
  for (const { from, to } of await readSweepRanges(store, sweep)) {
    const { rows } = await explained('reading results of a sweep', () =>
      store.pool.query<{ hash: string; content: Buffer }>(
        'SELECT hash, content FROM sweep_chunk WHERE sweep = $1 AND first = $2',
        [sweep, from],
      ),
    );
    for (const { hash, content } of rows)
      chunks.push({ from, to, hash, buffer: new Uint8Array(content).buffer });
  }
  return chunks;
}
