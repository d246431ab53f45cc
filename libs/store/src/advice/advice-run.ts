import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';

/** One advice as it was told. */
export interface StoredAdvice {
  readonly venue: string;
  /** '' of a whole venue. */
  readonly market: string;
  readonly parameter: string;
  readonly adviceHash: string;
  readonly inputsHash: string;
  /** JSON, see `adviceSchema` of libs/advice. */
  readonly content: string;
}

/** A run of advices without them. */
export interface AdviceRunHead {
  /** Hash of its book and question: equal ids mean equal advices. */
  readonly id: string;
  readonly chainId: number;
  readonly block: number;
  readonly blockHash: string;
  readonly bookHash: string;
  readonly inputsHash: string;
  /** JSON. */
  readonly asked: string;
  readonly isScheduled: boolean;
  /** Unix seconds. */
  readonly startedAt: number;
}

/** A run of advices that is over. */
export interface NewAdviceRun extends AdviceRunHead {
  /** JSON; undefined where nothing is to be changed. */
  readonly together: string | undefined;
  readonly advices: readonly StoredAdvice[];
}

export interface StoredAdviceRun extends NewAdviceRun {
  readonly endedAt: number;
}

/** Keeps a run with its advices; one that is there already stays as it is. */
export async function keepAdviceRun(store: Store, run: NewAdviceRun): Promise<void> {
  await inTransaction(store, 'keeping advices', async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO advice_run (id, chain_id, block, block_hash, book_hash, inputs_hash, asked, is_scheduled, started_at, together)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9), $10) ON CONFLICT DO NOTHING`,
      [
        run.id,
        run.chainId,
        run.block,
        run.blockHash,
        run.bookHash,
        run.inputsHash,
        run.asked,
        run.isScheduled,
        run.startedAt,
        run.together ?? null,
      ],
    );
    if (rowCount === 0) return;
    for (const [place, advice] of run.advices.entries())
      await client.query(
        `INSERT INTO advice (run, place, venue, market, parameter, advice_hash, inputs_hash, content)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          run.id,
          place,
          advice.venue,
          advice.market,
          advice.parameter,
          advice.adviceHash,
          advice.inputsHash,
          advice.content,
        ],
      );
  });
}

/** Which runs of a chain. */
export interface AdviceRunsWanted {
  readonly chainId: number;
  readonly id?: string | undefined;
  readonly isScheduled?: boolean | undefined;
  readonly most: number;
}

/** Runs, the one that ended last first. */
export async function readAdviceRuns(
  store: Store,
  wanted: AdviceRunsWanted,
): Promise<readonly StoredAdviceRun[]> {
  return explained('reading advices', async () => {
    const { rows } = await store.pool.query<RunCells>(
      `SELECT advice_run.*, extract(epoch FROM started_at) AS started, extract(epoch FROM ended_at) AS ended,
         (SELECT coalesce(json_agg(json_build_array(venue, market, parameter, advice_hash, advice.inputs_hash, content) ORDER BY place), '[]')
          FROM advice WHERE run = id) AS advices
       FROM advice_run WHERE chain_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::boolean IS NULL OR is_scheduled = $3)
       ORDER BY ended_at DESC, id LIMIT $4`,
      [wanted.chainId, wanted.id ?? null, wanted.isScheduled ?? null, wanted.most],
    );
    return rows.map(runOf);
  });
}

/** An advice and the run that it is of. */
export interface AdviceOfRun {
  readonly run: string;
  readonly block: number;
  readonly endedAt: number;
  readonly content: string;
}

/** Which advices of a chain; what is left out is any. */
export interface AdvicesWanted {
  readonly chainId: number;
  readonly venue?: string | undefined;
  readonly market?: string | undefined;
  readonly parameter?: string | undefined;
  /** Of each parameter, how many of the newest. */
  readonly each: number;
  readonly most: number;
}

/** The newest advices of each parameter, by venue, market and parameter, then the newest first. */
export async function readAdvices(store: Store, wanted: AdvicesWanted): Promise<readonly AdviceOfRun[]> {
  return explained('reading advices', async () => {
    const { rows } = await store.pool.query<AdviceCells>(
      `SELECT run, block, extract(epoch FROM ended_at) AS ended, content FROM (
         SELECT advice.*, block, ended_at,
           row_number() OVER (PARTITION BY venue, market, parameter ORDER BY ended_at DESC, run) AS newest
         FROM advice JOIN advice_run ON advice_run.id = run
         WHERE chain_id = $1 AND ($2::text IS NULL OR venue = $2) AND ($3::text IS NULL OR market = $3)
           AND ($4::text IS NULL OR parameter = $4)) AS ranked
       WHERE newest <= $5 ORDER BY venue, market, parameter, newest LIMIT $6`,
      [
        wanted.chainId,
        wanted.venue ?? null,
        wanted.market ?? null,
        wanted.parameter ?? null,
        wanted.each,
        wanted.most,
      ],
    );
    return rows.map(({ run, block, ended, content }) => ({
      run,
      block: Number(block),
      endedAt: Math.floor(Number(ended)),
      content,
    }));
  });
}

/** Drops all but the newest runs of a chain; gives how many went. */
export async function dropOldAdvices(
  store: Store,
  { chainId, keep }: { readonly chainId: number; readonly keep: number },
): Promise<number> {
  return explained('dropping old advices', async () => {
    const { rowCount } = await store.pool.query(
      `DELETE FROM advice_run WHERE id IN
         (SELECT id FROM advice_run WHERE chain_id = $1 ORDER BY ended_at DESC, id OFFSET $2)`,
      [chainId, keep],
    );
    return rowCount ?? 0;
  });
}

interface AdviceCells {
  readonly run: string;
  readonly block: string;
  readonly ended: string;
  readonly content: string;
}

interface RunCells {
  readonly id: string;
  readonly chain_id: string;
  readonly block: string;
  readonly block_hash: string;
  readonly book_hash: string;
  readonly inputs_hash: string;
  readonly asked: string;
  readonly is_scheduled: boolean;
  readonly started: string;
  readonly ended: string;
  readonly together: string | null;
  readonly advices: readonly (readonly [string, string, string, string, string, string])[];
}

function runOf(cells: RunCells): StoredAdviceRun {
  return {
    id: cells.id,
    chainId: Number(cells.chain_id),
    block: Number(cells.block),
    blockHash: cells.block_hash,
    bookHash: cells.book_hash,
    inputsHash: cells.inputs_hash,
    asked: cells.asked,
    isScheduled: cells.is_scheduled,
    startedAt: Math.floor(Number(cells.started)),
    endedAt: Math.floor(Number(cells.ended)),
    together: cells.together ?? undefined,
    advices: cells.advices.map(([venue, market, parameter, adviceHash, inputsHash, content]) => ({
      venue,
      market,
      parameter,
      adviceHash,
      inputsHash,
      content,
    })),
  };
}
