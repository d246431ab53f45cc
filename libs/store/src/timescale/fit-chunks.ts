import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { timescaleOf } from './state.ts';

/** Kinds of which a large chain has a million a day, and what hundreds of markets of exchanges say. */
const LARGE_KINDS = ['leg_changed', 'index_accrued', 'liquidity_changed', 'exchange_price'] as const;

/** Rows that a chunk should have: many enough that a year is few chunks, few enough that one is compressed in a moment. */
const ROWS = 1_000_000;

const DAY = 86_400;
const LONGEST_DAYS = 30;

/** Days of a chunk in which about a million rows come, from 1 to 30, at so many rows a day. */
export function chunkDays(rowsADay: number): number {
  return Math.min(LONGEST_DAYS, Math.max(1, Math.round(ROWS / Math.max(1, rowsADay))));
}

/**
 * Makes new chunks of the large kinds as long as the last two days say that they should be, by the clock of the chain that is
 * furthest. Chunks that are there stay, and so does a length that is less than twice too long or too short. Does nothing on plain
 * PostgreSQL.
 */
export async function fitChunks(store: Store): Promise<void> {
  const timescale = await timescaleOf(store);
  if (timescale === undefined) return;
  await explained('fitting the length of chunks', async () => {
    for (const table of LARGE_KINDS) {
      const rowsADay = await newestRowsADay(store, table);
      if (rowsADay === undefined) continue;
      const wanted = chunkDays(rowsADay);
      await store.pool.query(
        `SELECT ${timescale.schema}.set_chunk_time_interval($1::regclass, make_interval(days => $2))
         FROM timescaledb_information.dimensions WHERE hypertable_schema = current_schema() AND hypertable_name = $3
           AND extract(epoch FROM time_interval) NOT BETWEEN $2 * ${DAY} / 2 + 1 AND $2 * ${DAY} * 2 - 1`,
        [table, wanted, table],
      );
    }
  });
}

/** Rows a day of the last two days; undefined while there is less than a day. */
async function newestRowsADay(store: Store, table: string): Promise<number | undefined> {
  const { rows } = await store.pool.query<{ rows: string; seconds: string | null }>(
    `SELECT count(*) AS rows, extract(epoch FROM max(time) - min(time)) AS seconds FROM ${table}
     WHERE time >= (SELECT max(time) FROM checkpoint) - interval '2 days'`,
  );
  const [found] = rows;
  const seconds = Number(found?.seconds ?? 0);
  return seconds < DAY ? undefined : (Number(found!.rows) / seconds) * DAY;
}
