import type { ClientBase } from 'pg';
import { lockChain } from '../chain-lock.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';
import { revisionOf } from '../rewrite.ts';
import { explained } from '../store-error.ts';
import { timescaleOf, type Timescale } from '../timescale/state.ts';
import { earliestAggregated } from './earliest-aggregated.ts';
import { KEPT_KINDS, type KeptKind } from './kept-series.ts';
import { startOf, STEPS } from './step.ts';

/** What is newer than this before the head is left to the facts: reorganisations touch it, and it costs little to read. */
const FRESH_SECONDS = 86_400;

/** Days that are aggregated at once, each round by itself: twice as many after a quick one, half as many after a slow one. */
const DAYS = { first: 7, most: 56, quickMs: 500, slowMs: 5_000 } as const;

/**
 * Keeps the aggregates of a chain up to a day before its head: by the chain's own clock, wherever that stands. What is true
 * is said in `checkpoint.rolled_until`, and whoever changes older facts takes that back in the same transaction; so a reader
 * never sees an aggregate that the facts do not bear out, and this may run, fail or stop at any time.
 *
 * @returns how many days became kept.
 */
export async function rollUp(store: Store, chainId: number): Promise<number> {
  return explained(`aggregating chain ${chainId}`, async () => {
    const timescale = await timescaleOf(store);
    let [days, atOnce] = [0, DAYS.first as number];
    for (;;) {
      const span = await nextSpan(store, chainId, atOnce);
      if (span === undefined) return days;
      const started = performance.now();
      const kept = timescale ? await refresh(store, timescale, span) : await fillTables(store, span);
      // Facts changed meanwhile: what they changed is aggregated next time.
      if (!kept) return days;
      days += (span.until - span.from) / 86_400;
      const tookMs = performance.now() - started;
      if (tookMs < DAYS.quickMs) atOnce = Math.min(2 * atOnce, DAYS.most);
      else if (tookMs > DAYS.slowMs) atOnce = Math.max(1, Math.floor(atOnce / 2));
    }
  });
}

/**
 * SQL: until when aggregates are true once facts from a time on have changed (a parameter; null = none have). What is kept of
 * facts that were dropped stays true whatever comes.
 */
export const takenBack = (checkpoint: string, since: string): string =>
  `CASE WHEN ${since}::float8 IS NULL THEN ${checkpoint}.rolled_until
     ELSE least(${checkpoint}.rolled_until, greatest(to_timestamp(${since}), ${checkpoint}.kept_since)) END`;

/** Whole days to aggregate. */
interface Span {
  readonly chainId: number;
  /** Unix seconds, 00:00 UTC. */
  readonly from: number;
  readonly until: number;
  /** True when nothing is kept of the chain yet. */
  readonly isFirst: boolean;
  /** Of the chain's facts when the span was chosen. */
  readonly revision: string;
}

async function nextSpan(store: Store, chainId: number, days: number): Promise<Span | undefined> {
  const { rows } = await store.pool.query<{ head: string | null; rolled: string; revision: string }>(
    `SELECT extract(epoch FROM time)::bigint AS head, extract(epoch FROM rolled_until)::text AS rolled,
       ${revisionOf('checkpoint.chain_id')} AS revision
     FROM checkpoint WHERE chain_id = $1`,
    [chainId],
  );
  const [at] = rows;
  if (!at || at.head === null) return undefined;
  const end = startOf(Math.max(0, Number(at.head) - FRESH_SECONDS), 'day');
  const isFirst = !Number.isFinite(Number(at.rolled));
  const from = isFirst ? await firstDay(store.pool, chainId) : Number(at.rolled);
  if (from === undefined || from >= end) return undefined;
  const until = Math.min(from + days * 86_400, end);
  return { chainId, from, until, isFirst, revision: at.revision };
}

/** The day of the first fact that is aggregated. */
async function firstDay(client: Pick<ClientBase, 'query'>, chainId: number): Promise<number | undefined> {
  const first = await earliestAggregated(client, chainId, -1);
  return first && startOf(first, 'day');
}

/** Plain PostgreSQL: the span's rows are written anew and called true in one transaction. */
async function fillTables(store: Store, span: Span): Promise<boolean> {
  return inTransaction(store, `aggregating chain ${span.chainId}`, async (client) => {
    // Two that aggregate the same chain would write the same rows.
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `undertow aggregates ${span.chainId}`,
    ]);
    for (const kind of Object.values(KEPT_KINDS)) await fillTable(client, kind, span);
    return moveOn(client, span);
  });
}

async function fillTable(client: ClientBase, kind: KeptKind, span: Span): Promise<void> {
  const { name, key, values, joined } = kind;
  const columns = ['chain_id', ...key, 'bucket', ...values].join(', ');
  const given = [span.chainId, span.from, span.until];
  for (const [place, step] of STEPS.entries()) {
    const table = `${name}_${step}_kept`;
    // What a chain that went back left is replaced with it.
    await client.query(
      `DELETE FROM ${table} WHERE chain_id = $1 ${span.isFirst ? '' : 'AND bucket >= to_timestamp($2)'}`,
      span.isFirst ? [span.chainId] : [span.chainId, span.from],
    );
    const shorter = STEPS[place - 1];
    await client.query(
      shorter === undefined
        ? `INSERT INTO ${table} (${columns}) SELECT ${columns}
           FROM ${name}_from_facts('1 ${step}', $1, to_timestamp($2), to_timestamp($3))`
        : `INSERT INTO ${table} (${columns})
           SELECT chain_id, ${key.join(', ')}, date_bin('1 ${step}', bucket, '2000-01-03 00:00:00+00'), ${joined.join(', ')}
           FROM ${name}_${shorter}_kept
           WHERE chain_id = $1 AND bucket >= to_timestamp($2) AND bucket < to_timestamp($3)
           GROUP BY ${[...key.keys(), key.length, key.length + 1].map((column) => column + 1).join(', ')}`,
      given,
    );
  }
}

/** TimescaleDB: continuous aggregates are refreshed, each statement by itself, then called true if no fact changed meanwhile. */
async function refresh(store: Store, { schema, canBatch }: Timescale, span: Span): Promise<boolean> {
  const from = span.isFirst ? 'NULL' : `'${timestamp(span.from)}'::timestamptz`;
  const until = `'${timestamp(span.until)}'::timestamptz`;
  // By itself it goes ten buckets at a time, a transaction each: minutes of a week would be a thousand.
  const atOnce = canBatch ? `, options => '{"buckets_per_batch": 0}'` : '';
  for (const { name } of Object.values(KEPT_KINDS)) {
    for (const step of STEPS)
      await store.pool.query(
        `CALL ${schema}.refresh_continuous_aggregate('${name}_${step}_kept', ${from}, ${until}${atOnce})`,
      );
  }
  return inTransaction(store, `aggregating chain ${span.chainId}`, (client) => moveOn(client, span));
}

const timestamp = (time: number) => new Date(time * 1_000).toISOString();

/** Calls the span true, unless stored facts changed since it was chosen: the chain is locked, so none do until the commit. */
async function moveOn(client: ClientBase, { chainId, until, revision }: Span): Promise<boolean> {
  await lockChain(client, chainId);
  const { rowCount } = await client.query(
    `UPDATE checkpoint SET rolled_until = to_timestamp($2) WHERE chain_id = $1 AND ${revisionOf('$1')} = $3`,
    [chainId, until, revision],
  );
  return rowCount === 1;
}
