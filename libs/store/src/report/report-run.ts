import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** `running` also while nobody makes it: whoever starts next goes on. */
export type ReportRunState = 'running' | 'cancelled' | 'failed' | 'done';

/** A report that is to be made. */
export interface NewReportRun {
  /** Hash of book, question and program: equal ids mean equal reports. */
  readonly id: string;
  readonly chainId: number;
  readonly block: number;
  readonly blockHash: string;
  readonly bookHash: string;
  readonly kind: string;
  /** JSON. */
  readonly question: string;
  readonly schedule: string | undefined;
}

export interface StoredReportRun extends NewReportRun {
  readonly state: ReportRunState;
  readonly reason: string | undefined;
  /** Id of the report, once it is done. */
  readonly report: string | undefined;
  /** Unix seconds. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
}

/**
 * Keeps a making of a report, running; one that is there already is run again unless it is done.
 *
 * @returns how it stands now.
 */
export async function startReportRun(store: Store, run: NewReportRun): Promise<StoredReportRun> {
  return explained('beginning a report', async () => {
    // The condition is in the values, so that a row comes back whatever its state.
    const { rows } = await store.pool.query<RunCells>(
      `INSERT INTO report_run (id, chain_id, block, block_hash, book_hash, kind, question, schedule, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'running')
       ON CONFLICT (id) DO UPDATE SET
         state = CASE WHEN report_run.state = 'done' THEN 'done' ELSE 'running' END,
         reason = NULL,
         started_at = CASE WHEN report_run.state IN ('done', 'running') THEN report_run.started_at ELSE now() END,
         ended_at = CASE WHEN report_run.state = 'done' THEN report_run.ended_at END
       RETURNING *, extract(epoch FROM started_at) AS started, extract(epoch FROM ended_at) AS ended`,
      [
        ...[run.id, run.chainId, run.block, run.blockHash, run.bookHash],
        ...[run.kind, run.question, run.schedule ?? null],
      ],
    );
    return runOf(rows[0]!);
  });
}

/** Which makings of reports of a chain. */
export interface ReportRunsWanted {
  readonly chainId: number;
  readonly id?: string | undefined;
  readonly state?: ReportRunState | undefined;
  readonly schedule?: string | undefined;
  readonly most: number;
}

/** Makings of reports, that which was begun last first. */
export async function readReportRuns(
  store: Store,
  { chainId, id, state, schedule, most }: ReportRunsWanted,
): Promise<readonly StoredReportRun[]> {
  return explained('reading how reports are made', async () => {
    const { rows } = await store.pool.query<RunCells>(
      `SELECT *, extract(epoch FROM started_at) AS started, extract(epoch FROM ended_at) AS ended FROM report_run
       WHERE chain_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR state = $3)
         AND ($4::text IS NULL OR schedule = $4)
       ORDER BY started_at DESC, id LIMIT $5`,
      [chainId, id ?? null, state ?? null, schedule ?? null, most],
    );
    return rows.map(runOf);
  });
}

/** How a making ended; one that is done stays so. Gives whether it was changed. */
export async function endReportRun(
  store: Store,
  id: string,
  {
    state,
    reason,
    report,
  }: {
    readonly state: Exclude<ReportRunState, 'running'>;
    readonly reason?: string;
    readonly report?: string;
  },
): Promise<boolean> {
  return explained('ending a report', async () => {
    const { rowCount } = await store.pool.query(
      `UPDATE report_run SET state = $2, reason = $3, report = $4, ended_at = now() WHERE id = $1 AND state <> 'done'`,
      [id, state, reason ?? null, report ?? null],
    );
    return rowCount === 1;
  });
}

/** Drops all but the newest makings of a chain that came to nothing; gives how many went. */
export async function dropOldReportRuns(
  store: Store,
  { chainId, keep }: { readonly chainId: number; readonly keep: number },
): Promise<number> {
  return explained('dropping old makings of reports', async () => {
    const { rowCount } = await store.pool.query(
      `DELETE FROM report_run WHERE id IN (SELECT id FROM report_run
         WHERE chain_id = $1 AND state IN ('cancelled', 'failed') ORDER BY started_at DESC, id OFFSET $2)`,
      [chainId, keep],
    );
    return rowCount ?? 0;
  });
}

interface RunCells {
  readonly id: string;
  readonly chain_id: string;
  readonly block: string;
  readonly block_hash: string;
  readonly book_hash: string;
  readonly kind: string;
  readonly question: string;
  readonly schedule: string | null;
  readonly state: ReportRunState;
  readonly reason: string | null;
  readonly report: string | null;
  readonly started: string;
  readonly ended: string | null;
}

const runOf = (cells: RunCells): StoredReportRun => ({
  id: cells.id,
  chainId: Number(cells.chain_id),
  block: Number(cells.block),
  blockHash: cells.block_hash,
  bookHash: cells.book_hash,
  kind: cells.kind,
  question: cells.question,
  schedule: cells.schedule ?? undefined,
  state: cells.state,
  reason: cells.reason ?? undefined,
  report: cells.report ?? undefined,
  startedAt: Math.floor(Number(cells.started)),
  endedAt: cells.ended === null ? undefined : Math.floor(Number(cells.ended)),
});
