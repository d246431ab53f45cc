import type { Cell } from '../facts/fact-table.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { checkWanted, type SeriesPart, type SeriesWanted, type Step } from './step.ts';

/** A kind of series whose aggregates are kept: relations `<name>_<step>_kept` and a function `<name>_from_facts`. */
export interface KeptKind {
  readonly name: 'price' | 'pool' | 'index';
  /** Columns that say what a series is of. */
  readonly key: readonly string[];
  /** What is kept of a step. */
  readonly values: readonly string[];
  /** How a value of a longer step follows from those of shorter ones, in the order of `values`. */
  readonly joined: readonly string[];
}

const first = (column: string) => `(array_agg(${column} ORDER BY bucket))[1]`;
const last = (column: string) => `(array_agg(${column} ORDER BY bucket DESC))[1]`;

export const KEPT_KINDS: Readonly<Record<KeptKind['name'], KeptKind>> = {
  price: {
    name: 'price',
    key: ['feed'],
    values: ['open', 'high', 'low', 'close', 'answers'],
    joined: [first('open'), 'max(high)', 'min(low)', last('close'), 'sum(answers)'],
  },
  pool: {
    name: 'pool',
    key: ['pool'],
    values: ['open', 'high', 'low', 'close', 'liquidity', 'swaps'],
    joined: [first('open'), 'max(high)', 'min(low)', last('close'), last('liquidity'), 'sum(swaps)'],
  },
  index: {
    name: 'index',
    key: ['venue', 'market', 'form', 'side'],
    values: ['index_ray', 'rate_per_year_ray', 'assets_delta', 'shares_delta', 'accruals'],
    joined: [
      ...[last('index_ray'), last('rate_per_year_ray')],
      ...['sum(assets_delta)', 'sum(shares_delta)', 'sum(accruals)'],
    ],
  },
};

/** One step of one series: its start, then the values of its kind as text. */
export interface KeptRow {
  readonly time: number;
  readonly values: readonly Cell[];
}

/** Which series of a kind: a value for every column of its key. */
export type KeptKey = Readonly<Record<string, string>>;

/**
 * Steps of a series that have something, in order. What is kept is read where it is true (`checkpoint.rolled_until`), and
 * the rest is computed from the facts, in one statement: the answer is that of one moment, on both kinds of database.
 */
export async function readKept(
  store: Store,
  { name, values }: KeptKind,
  asked: { readonly chainId: number; readonly key: KeptKey; readonly wanted: SeriesWanted },
): Promise<SeriesPart<KeptRow>> {
  const { from, to, step, most } = checkWanted(asked.wanted);
  const matches = keyMatches(asked.key, 4);
  const columns = values.map((value) => `${value}::text`).join(', ');
  return explained(`reading a series of ${name}s`, async () => {
    // Each half is in order and ends where enough was read, and only what is given becomes text.
    const inOrder = `ORDER BY bucket LIMIT ${most + 1}`;
    const { rows } = await store.pool.query<Cell[]>({
      text: `SELECT extract(epoch FROM bucket)::bigint AS time, ${columns} FROM (
          (SELECT bucket, ${values.join(', ')} FROM ${name}_${step}_kept
          WHERE chain_id = $1 AND ${matches} AND bucket >= to_timestamp($2)
            AND bucket < least(to_timestamp($3), ${KEPT_UNTIL}) ${inOrder})
          UNION ALL
          (SELECT bucket, ${values.join(', ')}
          FROM ${fromFacts(name, step, { since: 'greatest(to_timestamp($2), rolled_until)', before: 'to_timestamp($3)' })}
            AND ${matches} ${inOrder}) ${inOrder}) AS series
        ORDER BY bucket`,
      values: [asked.chainId, from, to, ...Object.values(asked.key)],
      rowMode: 'array',
    });
    return partOf(rows.map(keptRow), most);
  });
}

/** The last step of a series before a time, where there is one: what a step without anything goes on from. */
export async function lastKept(
  store: Store,
  { name, values }: KeptKind,
  asked: { readonly chainId: number; readonly key: KeptKey; readonly wanted: SeriesWanted },
): Promise<KeptRow | undefined> {
  const { from, step } = checkWanted(asked.wanted);
  const matches = keyMatches(asked.key, 3);
  const columns = values.map((value) => `${value}::text`).join(', ');
  const newest = (relation: string) =>
    `(SELECT bucket, ${values.join(', ')} FROM ${relation} AND ${matches} ORDER BY bucket DESC LIMIT 1)`;
  return explained(`reading a series of ${name}s`, async () => {
    const { rows } = await store.pool.query<Cell[]>({
      text: `SELECT extract(epoch FROM bucket)::bigint AS time, ${columns} FROM (
          ${newest(`${name}_${step}_kept WHERE chain_id = $1 AND bucket < least(to_timestamp($2), ${KEPT_UNTIL})`)}
          UNION ALL
          ${newest(fromFacts(name, step, { since: 'rolled_until', before: 'to_timestamp($2)' }))}) AS series
        ORDER BY bucket DESC LIMIT 1`,
      values: [asked.chainId, from, ...Object.values(asked.key)],
      rowMode: 'array',
    });
    return rows[0] && keptRow(rows[0]);
  });
}

/** The time before which what is kept of a chain ($1) is true. A chain without a checkpoint has no facts. */
const KEPT_UNTIL = '(SELECT rolled_until FROM checkpoint WHERE chain_id = $1)';

/**
 * What a chain's ($1) facts say, as FROM and WHERE. A bound that is a subquery would hide the function's query from the planner, and
 * with it the index of its key: so the checkpoint is joined.
 */
export const fromFacts = (
  name: KeptKind['name'],
  step: Step,
  { since, before }: { readonly since: string; readonly before: string },
): string =>
  `checkpoint, LATERAL ${name}_from_facts('1 ${step}', checkpoint.chain_id, ${since}, ${before}) AS fresh
   WHERE checkpoint.chain_id = $1`;

const keyMatches = (key: KeptKey, from: number) =>
  Object.keys(key)
    .map((column, place) => `${column} = $${place + from}`)
    .join(' AND ');

const keptRow = ([time, ...values]: readonly Cell[]): KeptRow => ({ time: Number(time), values });

/** One more row than wanted was read: it says that there is more, and from where. */
export function partOf<Point extends { readonly time: number }>(
  rows: readonly Point[],
  most: number,
): SeriesPart<Point> {
  return { points: rows.slice(0, most), next: rows[most]?.time };
}
