import type { Fact, FactKind } from '@undertow/market';
import { assert } from '@undertow/units';
import type { PoolClient } from 'pg';
import type { Cell } from './facts/fact-table.ts';
import { FACT_TABLES } from './facts/fact-tables.ts';
import type { Store } from './open-store.ts';
import { storeError } from './store-error.ts';

/** Which facts to read. */
export interface FactsWanted {
  /** Facts above this block only; absent = from the first. */
  readonly after?: number;
  /** Facts up to this block, inclusive. */
  readonly upTo: number;
  /** Facts of these kinds only; absent = of all. */
  readonly kinds?: readonly FactKind[];
  /** Facts per batch. Default 5,000. */
  readonly batch?: number;
}

/**
 * Facts of a chain in order (block, log, part), in batches, as of the moment of the first batch: what is written or
 * reverted meanwhile does not show. Memory is bounded by one batch, however long the history.
 */
export async function* readFacts(
  store: Store,
  chainId: number,
  { after = -1, upTo, kinds, batch = 5_000 }: FactsWanted,
): AsyncGenerator<readonly Fact[], void, void> {
  assert(kinds === undefined || kinds.length > 0, 'facts of no kind are wanted');
  assert(Number.isSafeInteger(batch) && batch > 0, `a batch of ${batch} facts`);
  let client: PoolClient | undefined;
  let broken: Error | undefined;
  try {
    client = await store.pool.connect();
    client.on('error', ignore);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(`DECLARE facts NO SCROLL CURSOR FOR ${select(kinds)}`, [chainId, after, upTo]);
    for (;;) {
      const { rows } = await client.query<Cell[]>({
        text: `FETCH ${batch} FROM facts`,
        rowMode: 'array',
        types: AS_TEXT,
      });
      if (rows.length > 0) yield rows.map((row) => factOf(chainId, row));
      if (rows.length < batch) return;
    }
  } catch (error) {
    throw storeError(error, 'reading facts');
  } finally {
    if (client) {
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      client.off('error', ignore);
      client.release(broken);
    }
  }
}

const ignore = () => undefined;

/** Cells come in PostgreSQL's text form: the tables know what each one is. */
const AS_TEXT = { getTypeParser: () => (text: string) => text };

/** Cells before a kind's own: kind, time, block, log, part. */
const KEY_CELLS = 5;

const WIDEST = Math.max(...FACT_TABLES.map((table) => table.columns.length));

/**
 * The tables of some kinds as one, each with its cells as text and filled up to the widest. Every part is read along its primary key
 * and the parts are merged, so the first rows come at once and nothing is sorted.
 */
function select(kinds: readonly FactKind[] | undefined): string {
  const parts = FACT_TABLES.flatMap((table, place) => {
    if (kinds !== undefined && !kinds.includes(table.kind)) return [];
    const cells = Array.from({ length: WIDEST }, (_, index) => {
      const column = table.columns[index];
      return `${column === undefined ? 'NULL' : column}::text AS cell${index}`;
    });
    return `(SELECT ${place} AS kind, extract(epoch FROM time)::bigint AS time, block, log_index, part, ${cells.join(', ')}
    FROM ${table.table} WHERE chain_id = $1 AND block > $2 AND block <= $3)`;
  });
  return `${parts.join(' UNION ALL ')} ORDER BY block, log_index, part`;
}

function factOf(chainId: number, row: readonly Cell[]): Fact {
  const table = FACT_TABLES[Number(row[0])];
  assert(table, `there is no table ${row[0]}`);
  const key = {
    chainId,
    block: Number(row[2]),
    logIndex: Number(row[3]),
    part: Number(row[4]),
    time: Number(row[1]),
  };
  return table.fromCells(key, row.slice(KEY_CELLS));
}
