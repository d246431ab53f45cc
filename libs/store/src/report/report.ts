import { textCell } from '../facts/cell.ts';
import { inTransaction } from '../in-transaction.ts';
import type { ListPart } from '../list-part.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** The bytes of a bundle as they are kept. */
export interface StoredBundle {
  /** gzip of the very bytes. */
  readonly gzip: Uint8Array;
  /** Length of the bundle. */
  readonly bytes: number;
}

/** A report without its bytes. */
export interface ReportHead {
  /** Hash of its content: equal ids mean equal reports. */
  readonly id: string;
  readonly chainId: number;
  readonly block: number;
  readonly blockHash: string;
  readonly bookHash: string;
  readonly kind: string;
  readonly subject: string;
  /** Ids of the venues that it is about. */
  readonly venues: readonly string[];
  /** Name of the schedule that made it; undefined of one that somebody asked for. */
  readonly schedule: string | undefined;
}

export interface NewReport extends ReportHead, StoredBundle {}

export interface StoredReport extends ReportHead {
  /** In the order in which they were made. */
  readonly number: number;
  /** Addresses of those who signed. */
  readonly signers: readonly string[];
  /** Length of the bundle. */
  readonly bytes: number;
  /** Unix seconds. */
  readonly madeAt: number;
}

/** Keeps a report, whose book is kept; one that is there already stays as it is. */
export async function keepReport(store: Store, report: NewReport): Promise<void> {
  await explained('keeping a report', () =>
    store.pool.query(
      `INSERT INTO report (id, chain_id, block, block_hash, book_hash, kind, subject, venues, schedule, bytes, content)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING`,
      [
        ...[report.id, report.chainId, report.block, report.blockHash, report.bookHash],
        ...[report.kind, textCell(report.subject), report.venues.map(textCell), report.schedule ?? null],
        ...[report.bytes, Buffer.from(report.gzip)],
      ],
    ),
  );
}

/** The bytes of a report of any chain; undefined where there is none. */
export async function readReportBundle(store: Store, id: string): Promise<StoredBundle | undefined> {
  return explained('reading a report', async () => {
    const { rows } = await store.pool.query<{ content: Buffer; bytes: number }>(
      'SELECT content, bytes FROM report WHERE id = $1',
      [id],
    );
    return rows[0] && { gzip: rows[0].content, bytes: rows[0].bytes };
  });
}

/** The same report with other signatures. */
export interface SignedBundle extends StoredBundle {
  readonly signers: readonly string[];
}

/**
 * Signs a report: what `sign` makes of its bytes takes their place. Two who sign at once both have signed.
 *
 * @returns whether there is such a report.
 */
export async function signReport(
  store: Store,
  id: string,
  sign: (bundle: StoredBundle) => Promise<SignedBundle>,
): Promise<boolean> {
  return inTransaction(store, 'signing a report', async (client) => {
    const { rows } = await client.query<{ content: Buffer; bytes: number }>(
      'SELECT content, bytes FROM report WHERE id = $1 FOR UPDATE',
      [id],
    );
    if (rows[0] === undefined) return false;
    const signed = await sign({ gzip: rows[0].content, bytes: rows[0].bytes });
    await client.query('UPDATE report SET content = $2, bytes = $3, signers = $4 WHERE id = $1', [
      ...[id, Buffer.from(signed.gzip), signed.bytes, signed.signers],
    ]);
    return true;
  });
}

/** Which reports; what is left out is no condition. */
export interface ReportFilter {
  readonly chainId: number;
  readonly id?: string | undefined;
  readonly kind?: string | undefined;
  readonly venue?: string | undefined;
  /** Letters that the subject or the id has, in any case. */
  readonly text?: string | undefined;
  /** Only those that a schedule made, or only those that somebody asked for. */
  readonly isScheduled?: boolean | undefined;
}

const MATCHING = `chain_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR kind = $3)
  AND ($4::text IS NULL OR $4 = ANY (venues)) AND ($5::text IS NULL OR subject ILIKE $5 OR id ILIKE $5)
  AND ($6::boolean IS NULL OR (schedule IS NOT NULL) = $6)`;

const valuesOf = ({ chainId, id, kind, venue, text, isScheduled }: ReportFilter) => [
  ...[chainId, id ?? null, kind ?? null, venue ?? null],
  // What means something in a pattern is meant as it is.
  text === undefined ? null : `%${textCell(text).replaceAll(/[\\%_]/g, '\\$&')}%`,
  isScheduled ?? null,
];

/** Reports, the newest first: a part of them, by their numbers. */
export async function readReports(
  store: Store,
  { most, after, before, isFromEnd = false, ...where }: ReportFilter & ListPart<number>,
): Promise<readonly StoredReport[]> {
  return explained('reading reports', async () => {
    const { rows } = await store.pool.query<ReportCells>(
      `SELECT number, id, chain_id, block, block_hash, book_hash, kind, subject, venues, signers, schedule, bytes,
         extract(epoch FROM made_at) AS made
       FROM report WHERE ${MATCHING} AND ($7::bigint IS NULL OR number < $7) AND ($8::bigint IS NULL OR number > $8)
       ORDER BY number ${isFromEnd ? 'ASC' : 'DESC'} LIMIT $9`,
      [...valuesOf(where), after ?? null, before ?? null, most],
    );
    return (isFromEnd ? rows.toReversed() : rows).map(reportOf);
  });
}

/** How many reports there are. */
export async function countReports(store: Store, where: ReportFilter): Promise<number> {
  return explained('counting reports', async () => {
    const { rows } = await store.pool.query<{ count: string }>(
      `SELECT count(*) FROM report WHERE ${MATCHING}`,
      valuesOf(where),
    );
    return Number(rows[0]!.count);
  });
}

/** How many reports of a chain stay, the newest of each sort. What somebody has signed always stays. */
export interface ReportsKept {
  readonly chainId: number;
  /** Those that a schedule made. */
  readonly scheduled: number;
  /** Those that somebody asked for. */
  readonly asked: number;
}

/** Drops all but the newest reports of a chain, with how they were made; gives how many went. */
export async function dropOldReports(
  store: Store,
  { chainId, scheduled, asked }: ReportsKept,
): Promise<number> {
  return explained('dropping old reports', async () => {
    const { rowCount } = await store.pool.query(
      `DELETE FROM report WHERE id IN (SELECT id FROM (
         SELECT id, schedule IS NULL AS is_asked,
           row_number() OVER (PARTITION BY schedule IS NULL ORDER BY number DESC) AS newest
         FROM report WHERE chain_id = $1 AND cardinality(signers) = 0) AS ranked
       WHERE newest > CASE WHEN is_asked THEN $3::bigint ELSE $2::bigint END)`,
      [chainId, scheduled, asked],
    );
    return rowCount ?? 0;
  });
}

interface ReportCells {
  readonly number: string;
  readonly id: string;
  readonly chain_id: string;
  readonly block: string;
  readonly block_hash: string;
  readonly book_hash: string;
  readonly kind: string;
  readonly subject: string;
  readonly venues: readonly string[];
  readonly signers: readonly string[];
  readonly schedule: string | null;
  readonly bytes: number;
  readonly made: string;
}

const reportOf = (cells: ReportCells): StoredReport => ({
  number: Number(cells.number),
  id: cells.id,
  chainId: Number(cells.chain_id),
  block: Number(cells.block),
  blockHash: cells.block_hash,
  bookHash: cells.book_hash,
  kind: cells.kind,
  subject: cells.subject,
  venues: cells.venues,
  signers: cells.signers,
  schedule: cells.schedule ?? undefined,
  bytes: cells.bytes,
  madeAt: Math.floor(Number(cells.made)),
});
