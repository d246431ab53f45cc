import { BadDataError } from '@undertow/units';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** Bytes of a part: what one statement sends at once. */
const PART_BYTES = 4_000_000;

/**
 * Keeps the bytes of a book by its hash, unless they are there. Every part is a transaction of its own, so that none is open for long;
 * whoever is ended in between is followed by one who adds the rest.
 */
export async function keepSweepBook(store: Store, hash: string, bytes: Uint8Array): Promise<void> {
  return explained(`keeping the book ${hash}`, async () => {
    // Whoever drops books that are not used leaves it alone from now on.
    const known = await store.pool.query('UPDATE sweep_book SET kept_at = now() WHERE hash = $1', [hash]);
    if (known.rowCount === 1) return;
    for (let part = 0; part * PART_BYTES < bytes.length; part++) {
      const content = bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES);
      await store.pool.query('INSERT INTO sweep_book_part VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        ...[hash, part],
        // The driver takes the bytes of a view, but of one that threads share it would make text.
        Buffer.from(content),
      ]);
    }
    await store.pool.query('INSERT INTO sweep_book (hash, bytes) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      hash,
      bytes.length,
    ]);
  });
}

/** The bytes of a book in memory that threads share; undefined when it is not kept. Throws BadDataError when some are missing. */
export async function readSweepBook(store: Store, hash: string): Promise<SharedArrayBuffer | undefined> {
  return explained(`reading the book ${hash}`, async () => {
    const { rows } = await store.pool.query<{ bytes: string }>(
      'SELECT bytes FROM sweep_book WHERE hash = $1',
      [hash],
    );
    if (rows[0] === undefined) return undefined;
    const buffer = new SharedArrayBuffer(Number(rows[0].bytes));
    const bytes = new Uint8Array(buffer);
    for (let part = 0; part * PART_BYTES < bytes.length; part++) {
      const found = await store.pool.query<{ content: Buffer }>(
        'SELECT content FROM sweep_book_part WHERE hash = $1 AND part = $2',
        [hash, part],
      );
      const content = found.rows[0]?.content;
      if (content === undefined || part * PART_BYTES + content.length > bytes.length)
        throw new BadDataError(
          `part ${part} of the book ${hash} is missing or too long: start the sweep again`,
        );
      bytes.set(content, part * PART_BYTES);
    }
    return buffer;
  });
}

/** Drops books that no sweep runs on any more and that were kept for an hour: whoever keeps one adds its sweep after it. */
export async function dropSweepBooks(store: Store): Promise<number> {
  return explained('dropping books of sweeps', async () => {
    const { rows } = await store.pool.query<{ hash: string }>(
      `DELETE FROM sweep_book WHERE kept_at < now() - interval '1 hour'
         AND NOT EXISTS (SELECT FROM sweep WHERE sweep.book_hash = sweep_book.hash) RETURNING hash`,
    );
    const hashes = rows.map(({ hash }) => hash);
    await store.pool.query('DELETE FROM sweep_book_part WHERE hash = ANY ($1)', [hashes]);
    return hashes.length;
  });
}
