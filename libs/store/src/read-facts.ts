import type { Fact, FactKind } from '@undertow/market';
import { assert } from '@undertow/units';
import type { ClientBase } from 'pg';
import { checkpointOf, type Checkpoint } from './checkpoint.ts';
import { FactsChangedError } from './facts-changed-error.ts';
import type { Cell } from './facts/fact-table.ts';
import { FACT_TABLES } from './facts/fact-tables.ts';
import { inTransaction } from './in-transaction.ts';
import type { Store } from './open-store.ts';
import { FactsDroppedError } from './retention/facts-dropped-error.ts';
import { mayBeDropped } from './retention/retained-kinds.ts';
import { changedAbove } from './rewrite.ts';

/** Which facts to read. */
export interface FactsWanted {
  /** Facts above this block only; absent = from the first. */
  readonly after?: number;
  /** Facts up to this block, inclusive. */
  readonly upTo: number;
  /** Facts of these kinds only; absent = of all. */
  readonly kinds?: readonly FactKind[];
  /** Most facts per batch. Default 10,000. */
  readonly batch?: number;
  /** As they were at this revision of the chain's facts (`Checkpoint.revision`); absent = as they are now. */
  readonly revision?: number;
}

/**
 * Facts of a chain in order (block, log, part), in batches, as of the moment of the first batch: what is written
 * meanwhile does not show. Each batch is a short read of its own, so no lock and no transaction outlives it, however slow
 * the reader; memory is bounded by one batch, however long the history.
 *
 * @throws FactsDroppedError when some that are wanted were dropped by age.
 * @throws FactsChangedError when the chain went back meanwhile, or facts were found late, at a block that was wanted:
 *   what came so far does not belong to what would come. A reader that gets to the end has read one state.
 */
export async function* readFacts(
  store: Store,
  chainId: number,
  { after = -1, upTo, kinds, batch = 10_000, revision }: FactsWanted,
): AsyncGenerator<readonly Fact[], void, void> {
  assert(kinds === undefined || kinds.length > 0, 'facts of no kind are wanted');
  assert(Number.isSafeInteger(batch) && batch > 0, `a batch of ${batch} facts`);
  const checkpoint = await checkpointOf(store.pool, chainId);
  if (!checkpoint) {
    if (revision !== undefined) throw new FactsChangedError(chainId, -1);
    return;
  }
  const last = Math.min(upTo, checkpoint.block);
  const bounds = { since: revision ?? checkpoint.revision, after, last };
  if (mayBeDropped(kinds)) checkKept(chainId, checkpoint, bounds);
  let place: Place = { block: after, logIndex: MOST_INT, part: MOST_INT };
  let blocks = FIRST_BLOCKS;
  do {
    const to = Math.min(place.block + blocks, last);
    const window = { chainId, kinds, place, to, batch };
    const rows = await inTransaction(store, 'reading facts', (client) => readWindow(client, window, bounds));
    const end = rows.at(-1);
    const isFull = rows.length === batch && end !== undefined;
    place = isFull ? placeOf(end) : { block: to, logIndex: MOST_INT, part: MOST_INT };
    if (isFull) blocks = Math.max(1, Math.floor(blocks / 2));
    else if (rows.length < batch / 4) blocks *= 4;
    if (rows.length > 0) yield rows.map((row) => factOf(chainId, row));
  } while (place.block < last || place.part < MOST_INT);
}

/** Largest `integer` of PostgreSQL. A fact may have it as its log (`SNAPSHOT_LOG_INDEX`), but not as its part too. */
const MOST_INT = 2_147_483_647;

/** Blocks asked for at first; more or fewer from then on, so that about a batch comes. */
const FIRST_BLOCKS = 1_000;

interface Place {
  readonly block: number;
  readonly logIndex: number;
  readonly part: number;
}

interface Window {
  readonly chainId: number;
  readonly kinds: readonly FactKind[] | undefined;
  /** Facts beyond this place. */
  readonly place: Place;
  /** Facts up to this block. */
  readonly to: number;
  readonly batch: number;
}

type Row = readonly Cell[];

/**
 * Every batch is read by the primary keys alone. The planner must not choose otherwise for want of statistics (tables
 * that were just filled have none), and compiling the query costs more than running it.
 */
export const PLANNER = [
  ...['jit', 'enable_sort', 'enable_seqscan', 'enable_bitmapscan'].map((setting) => `${setting} = off`),
  'max_parallel_workers_per_gather = 0',
]
  .map((setting) => `SET LOCAL ${setting}`)
  .join('; ');

async function readWindow(
  client: ClientBase,
  { chainId, kinds, place, to, batch }: Window,
  bounds: Bounds,
): Promise<readonly Row[]> {
  await client.query(PLANNER);
  const { rows } = await client.query<Cell[]>({
    text: selectFacts(kinds),
    values: [chainId, place.block, place.logIndex, place.part, to, batch],
    rowMode: 'array',
    types: AS_TEXT,
  });
  // Asked after the facts were read: what has not changed by now had not then.
  const above = await changedAbove(client, chainId, bounds.since);
  if (above !== undefined && above < bounds.last) throw new FactsChangedError(chainId, above);
  if (mayBeDropped(kinds)) checkKept(chainId, await checkpointOf(client, chainId), bounds);
  return rows;
}

/** What a reader wants of a chain: facts of a revision above a block and up to another. */
interface Bounds {
  readonly since: number;
  readonly after: number;
  readonly last: number;
}

/** Facts are dropped only after it was said that they will be: what was read before that is whole. */
function checkKept(chainId: number, checkpoint: Checkpoint | undefined, { after, last }: Bounds): void {
  const keptAbove = checkpoint?.keptAbove;
  if (keptAbove !== undefined && after < keptAbove)
    throw new FactsDroppedError(chainId, { keptAbove, upTo: last });
}

/** Cells come in PostgreSQL's text form: the tables know what each one is. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

/** Cells before a kind's own: kind, time, block, log, part. */
const KEY_CELLS = 5;

const WIDEST = Math.max(...FACT_TABLES.map((table) => table.columns.length));

/**
 * The tables of some kinds as one, each with its cells as text and filled up to the widest. Every branch is in the order
 * of its primary key, so that they are merged and nothing is sorted. Parameters: chain, block, log and part to begin
 * after, last block, most rows.
 */
export function selectFacts(kinds?: readonly FactKind[]): string {
  const branches = FACT_TABLES.flatMap((table, place) => {
    if (kinds !== undefined && !kinds.includes(table.kind)) return [];
    const cells = Array.from({ length: WIDEST }, (_, index) => {
      const column = table.columns[index];
      return `${column === undefined ? 'NULL' : column}::text AS cell${index}`;
    });
    // The bare bounds of the block say nothing new, but compressed chunks know their lowest and highest block.
    return `(SELECT ${place} AS kind, extract(epoch FROM time)::bigint AS time, block, log_index, part, ${cells.join(', ')}
    FROM ${table.table} WHERE chain_id = $1 AND (block, log_index, part) > ($2, $3, $4) AND block >= $2 AND block <= $5
    ORDER BY block, log_index, part)`;
  });
  // One alone is ordered already, and may not be ordered again.
  const merged = branches.length > 1 ? 'ORDER BY block, log_index, part' : '';
  return `${branches.join(' UNION ALL ')} ${merged} LIMIT $6`;
}

const placeOf = (row: Row): Place => ({
  block: Number(row[2]),
  logIndex: Number(row[3]),
  part: Number(row[4]),
});

function factOf(chainId: number, row: Row): Fact {
  const table = FACT_TABLES[Number(row[0])];
  assert(table, `there is no table ${row[0]}`);
  const { block, logIndex, part } = placeOf(row);
  return table.fromCells({ chainId, block, logIndex, part, time: Number(row[1]) }, row.slice(KEY_CELLS));
}
