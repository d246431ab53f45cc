import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** A book of reports as it is kept. */
export interface StoredReportBook {
  /** gzip of the JSON that `export` writes. */
  readonly gzip: Uint8Array;
  /** Length of the JSON. */
  readonly bytes: number;
}

/** Whether a book is kept; it is left alone from now on for an hour, by when there is a report of it. */
export async function holdReportBook(store: Store, hash: string): Promise<boolean> {
  return explained(`looking for the book ${hash}`, async () => {
    const { rowCount } = await store.pool.query('UPDATE report_book SET kept_at = now() WHERE hash = $1', [
      hash,
    ]);
    return rowCount === 1;
  });
}

/** Keeps a book by its hash, unless it is there. */
export async function keepReportBook(
  store: Store,
  hash: string,
  { gzip, bytes }: StoredReportBook,
): Promise<void> {
  await explained(`keeping the book ${hash}`, () =>
    store.pool.query(
      `INSERT INTO report_book (hash, bytes, content) VALUES ($1, $2, $3)
       ON CONFLICT (hash) DO UPDATE SET kept_at = now()`,
      [hash, bytes, Buffer.from(gzip)],
    ),
  );
}

/** The book of a report of any chain; undefined where there is no such report. */
export async function readReportBook(store: Store, report: string): Promise<StoredReportBook | undefined> {
  return explained('reading the book of a report', async () => {
    const { rows } = await store.pool.query<{ content: Buffer; bytes: string }>(
      `SELECT report_book.content, report_book.bytes FROM report JOIN report_book ON hash = book_hash WHERE id = $1`,
      [report],
    );
    return rows[0] && { gzip: rows[0].content, bytes: Number(rows[0].bytes) };
  });
}

/** Drops books that no report is of and that were kept for an hour: whoever keeps one adds its report after it. */
export async function dropReportBooks(store: Store): Promise<number> {
  return explained('dropping books of reports', async () => {
    const { rowCount } = await store.pool.query(
      `DELETE FROM report_book WHERE kept_at < now() - interval '1 hour'
         AND NOT EXISTS (SELECT FROM report WHERE report.book_hash = report_book.hash)`,
    );
    return rowCount ?? 0;
  });
}
