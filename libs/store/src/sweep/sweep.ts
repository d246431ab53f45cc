import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** `running` also while nobody runs it: whoever starts next goes on. */
export type SweepState = 'running' | 'cancelled' | 'failed' | 'done';

/** A sweep to be kept. */
export interface NewSweep {
  /** See `sweepKey` of `libs/sweep`: equal ids mean equal results. */
  readonly id: string;
  readonly chainId: number;
  readonly block: number;
  readonly blockHash: string;
  readonly bookHash: string;
  /** JSON. */
  readonly plan: string;
  readonly planHash: string;
  /** How many. */
  readonly scenarios: number;
}

export interface StoredSweep extends NewSweep {
  readonly state: SweepState;
  readonly reason: string | undefined;
  /** Scenarios of a chunk; undefined until it is known how long one takes. */
  readonly chunkScenarios: number | undefined;
  /** Scenarios whose results are kept. */
  readonly done: number;
  /** Unix seconds. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  /** JSON, once it is done. */
  readonly summary: string | undefined;
}

/** Keeps a sweep, running; one that is there already stays as it is. */
export async function keepSweep(store: Store, sweep: NewSweep): Promise<void> {
  await explained('keeping a sweep', () =>
    store.pool.query(
      `INSERT INTO sweep (id, chain_id, block, block_hash, book_hash, plan, plan_hash, scenarios, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'running') ON CONFLICT DO NOTHING`,
      [
        ...[sweep.id, sweep.chainId, sweep.block, sweep.blockHash, sweep.bookHash],
        ...[sweep.plan, sweep.planHash, sweep.scenarios],
      ],
    ),
  );
}

/** Which sweeps of a chain. */
export interface SweepsWanted {
  readonly chainId: number;
  readonly id?: string;
  readonly state?: SweepState;
  /** The newest first. */
  readonly most: number;
}

const SELECT = `SELECT sweep.*, extract(epoch FROM started_at) AS started, extract(epoch FROM ended_at) AS ended,
  (SELECT coalesce(sum(after - first), 0) FROM sweep_chunk WHERE sweep_chunk.sweep = sweep.id) AS done FROM sweep`;

/** A sweep by its id, of whichever chain. */
export async function findSweep(store: Store, id: string): Promise<StoredSweep | undefined> {
  return explained('reading a sweep', async () => {
    const { rows } = await store.pool.query<SweepCells>(`${SELECT} WHERE id = $1`, [id]);
    return rows[0] && sweepOf(rows[0]);
  });
}

export async function readSweeps(store: Store, wanted: SweepsWanted): Promise<readonly StoredSweep[]> {
  const { chainId, id, state, most } = wanted;
  return explained('reading sweeps', async () => {
    const { rows } = await store.pool.query<SweepCells>(
      `${SELECT} WHERE chain_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR state = $3)
       ORDER BY started_at DESC, id LIMIT $4`,
      [chainId, id ?? null, state ?? null, most],
    );
    return rows.map(sweepOf);
  });
}

/** What is known of it from now on; a sweep that is done stays so. Gives whether it was changed. */
export async function setSweep(
  store: Store,
  id: string,
  set: {
    readonly state?: SweepState;
    readonly reason?: string;
    readonly chunkScenarios?: number;
    readonly summary?: string;
  },
): Promise<boolean> {
  const { state, reason, chunkScenarios, summary } = set;
  return explained('changing a sweep', async () => {
    const { rowCount } = await store.pool.query(
      `UPDATE sweep SET state = coalesce($2, state), reason = CASE WHEN $2::text IS NULL THEN reason ELSE $3 END,
         chunk_scenarios = coalesce(chunk_scenarios, $4), summary = coalesce($5, summary),
         ended_at = CASE WHEN $2 = 'running' THEN NULL WHEN $2::text IS NULL THEN ended_at ELSE now() END
       WHERE id = $1 AND state <> 'done'`,
      [id, state ?? null, reason ?? null, chunkScenarios ?? null, summary ?? null],
    );
    return rowCount === 1;
  });
}

/** Drops all but the newest sweeps of a chain that are not running; gives how many went. */
export async function dropOldSweeps(
  store: Store,
  { chainId, keep }: { readonly chainId: number; readonly keep: number },
): Promise<number> {
  return explained('dropping old sweeps', async () => {
    const { rowCount } = await store.pool.query(
      `DELETE FROM sweep WHERE id IN (SELECT id FROM sweep WHERE chain_id = $1 AND state <> 'running'
         ORDER BY started_at DESC, id OFFSET $2)`,
      [chainId, keep],
    );
    return rowCount ?? 0;
  });
}

interface SweepCells {
  readonly id: string;
  readonly chain_id: string;
  readonly block: string;
  readonly block_hash: string;
  readonly book_hash: string;
  readonly plan: string;
  readonly plan_hash: string;
  readonly scenarios: number;
  readonly chunk_scenarios: number | null;
  readonly state: SweepState;
  readonly reason: string | null;
  readonly started: string;
  readonly ended: string | null;
  readonly done: string;
  readonly summary: string | null;
}

const sweepOf = (cells: SweepCells): StoredSweep => ({
  id: cells.id,
  chainId: Number(cells.chain_id),
  block: Number(cells.block),
  blockHash: cells.block_hash,
  bookHash: cells.book_hash,
  plan: cells.plan,
  planHash: cells.plan_hash,
  scenarios: cells.scenarios,
  chunkScenarios: cells.chunk_scenarios ?? undefined,
  state: cells.state,
  reason: cells.reason ?? undefined,
  done: Number(cells.done),
  startedAt: Math.floor(Number(cells.started)),
  endedAt: cells.ended === null ? undefined : Math.floor(Number(cells.ended)),
  summary: cells.summary ?? undefined,
});
