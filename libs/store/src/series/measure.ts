import { assert } from '@undertow/units';
import { lockChain } from '../chain-lock.ts';
import { textCell } from '../facts/cell.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { checkWanted, type SeriesPart, type SeriesWanted } from './step.ts';
import { partOf } from './kept-series.ts';
import type { MeasuredBook } from './measured-book.ts';
import { insertFlagChanges, type StoredFlagChange } from './oracle-flag.ts';

/** One number that was computed from a book. */
export interface Measure {
  /** What was measured, with its unit: `debtUsd`, `lossUsd`. */
  readonly name: string;
  /** What it is about: a venue, or a shock as people write it (`ETH=-0.3`); '' = everything. */
  readonly subject: string;
  readonly value: number;
}

/**
 * Keeps what was computed from the book of a block, once, and what that did to flags: the same measure of the same book is not kept
 * again. A block that the chain no longer has is not measured: nothing is kept of it, whenever it went. Nor is anything of a time that is
 * summed up already (`sumUpMeasures`).
 *
 * @returns how many measures were not there before.
 */
export async function writeMeasures(
  store: Store,
  of: MeasuredBook,
  measures: readonly Measure[],
  flags: readonly StoredFlagChange[] = [],
): Promise<number> {
  const wrong = measures.find(({ value }) => !Number.isFinite(value));
  assert(wrong === undefined, `the measure ${wrong?.name} of ${wrong?.subject} is no number`);
  return inTransaction(store, `keeping measures of block ${of.block}`, async (client) => {
    // A reorganisation drops measures in its own transaction: either it sees these, or we see that the block is gone.
    await lockChain(client, of.chainId);
    const { rowCount } = await client.query(
      `INSERT INTO measure (time, chain_id, block, name, subject, book_hash, value)
       SELECT to_timestamp($1), $2, $3, name, subject, $4, value
       FROM unnest($5::text[], $6::text[], $7::double precision[]) AS given (name, subject, value)
       WHERE EXISTS (SELECT FROM block WHERE chain_id = $2 AND number = $3 AND hash = $8)
         AND NOT EXISTS (SELECT FROM checkpoint WHERE chain_id = $2 AND measured_until > to_timestamp($1))
       ON CONFLICT DO NOTHING`,
      [
        ...[of.time, of.chainId, of.block, of.bookHash],
        measures.map(({ name }) => textCell(name)),
        measures.map(({ subject }) => textCell(subject)),
        measures.map(({ value }) => value),
        of.hash,
      ],
    );
    await insertFlagChanges(client, of, flags);
    return rowCount ?? 0;
  });
}

/** The newest values of measures before a moment, of every subject. */
export interface LastMeasuresWanted {
  readonly chainId: number;
  readonly names: readonly string[];
  /** Up to this block, and of these only those that are older than this time: unix seconds. */
  readonly block: number;
  readonly before: number;
  /** Of each measure of each subject. */
  readonly most: number;
}

/** One value of a measure and when it was measured, unix seconds. */
export interface MeasureValue extends Measure {
  readonly time: number;
}

/** The newest values of some measures of every subject, each in order of time. Of a block that was measured from two books the later counts. */
export async function readLastMeasures(
  store: Store,
  { chainId, names, block, before, most }: LastMeasuresWanted,
): Promise<readonly MeasureValue[]> {
  return explained('reading what was measured last', async () => {
    // Jumps from subject to subject along the key, as `readMeasureNames`: what is kept of each may be millions of rows.
    const { rows } = await store.pool.query<[name: string, subject: string, value: number, time: string]>({
      text: `WITH RECURSIVE known AS (
          SELECT wanted.name, (SELECT min(subject) FROM measure WHERE chain_id = $1 AND name = wanted.name) AS subject
          FROM unnest($2::text[]) AS wanted (name)
          UNION ALL
          SELECT known.name, (SELECT min(subject) FROM measure
            WHERE chain_id = $1 AND name = known.name AND subject > known.subject)
          FROM known WHERE known.subject IS NOT NULL)
        SELECT known.name, known.subject, said.value, extract(epoch FROM said.time)::bigint FROM known, LATERAL (
          SELECT DISTINCT ON (time, block) time, block, value FROM measure
          WHERE chain_id = $1 AND name = known.name AND subject = known.subject AND time < to_timestamp($3) AND block <= $4
          ORDER BY time DESC, block DESC, written_at DESC, book_hash LIMIT $5) AS said
        WHERE known.subject IS NOT NULL ORDER BY known.name, known.subject, said.time, said.block`,
      values: [chainId, names, before, block, most],
      rowMode: 'array',
    });
    return rows.map(([name, subject, value, time]) => ({ name, subject, value, time: Number(time) }));
  });
}

/** A measure at the end of one step, and its bounds within it. */
export interface MeasurePoint {
  /** Start of the step, unix seconds. */
  readonly time: number;
  readonly value: number;
  readonly least: number;
  readonly greatest: number;
  /** Blocks that were measured within the step. */
  readonly blocks: number;
}

/** Which measure. */
export interface MeasureWanted extends SeriesWanted {
  readonly chainId: number;
  readonly name: string;
  readonly subject: string;
}

/**
 * A measure over time. Of a block that was measured from two books what was measured last counts. Of what is summed up (`sumUpMeasures`) a
 * minute has what its whole hour came to, where the last of that hour was measured.
 */
export async function readMeasureSeries(
  store: Store,
  { chainId, name, subject, ...wanted }: MeasureWanted,
): Promise<SeriesPart<MeasurePoint>> {
  const { from, to, step, most } = checkWanted(wanted);
  return explained('reading a series of measures', async () => {
    const { rows } = await store.pool.query<(string | number)[]>({
      text: `WITH one AS (
          SELECT DISTINCT ON (time, block) time, block, value FROM measure
          WHERE chain_id = $1 AND name = $2 AND subject = $3 AND time >= to_timestamp($4) AND time < to_timestamp($5)
            AND time >= coalesce((SELECT measured_until FROM checkpoint WHERE chain_id = $1), '-infinity')
          ORDER BY time, block, written_at DESC, book_hash),
        measured AS (
          SELECT time, block, value, value AS least, value AS greatest, 1 AS blocks FROM one
          UNION ALL
          SELECT last, last_block, value, least, greatest, blocks FROM measure_hour_kept
          WHERE chain_id = $1 AND name = $2 AND subject = $3 AND bucket > to_timestamp($4) - interval '1 hour'
            AND bucket < to_timestamp($5) AND last >= to_timestamp($4) AND last < to_timestamp($5))
        SELECT extract(epoch FROM date_bin('1 ${step}', time, '2000-01-03 00:00:00+00'))::bigint AS at,
          (array_agg(value ORDER BY block DESC))[1], min(least), max(greatest), sum(blocks)
        FROM measured GROUP BY 1 ORDER BY 1 LIMIT ${most + 1}`,
      values: [chainId, name, subject, from, to],
      rowMode: 'array',
    });
    const points = rows.map(([time, value, least, greatest, blocks]) => ({
      ...{ time: Number(time), value: Number(value) },
      ...{ least: Number(least), greatest: Number(greatest), blocks: Number(blocks) },
    }));
    return partOf(points, most);
  });
}

/** What has been measured on a chain: every measure with all that it is about, by name and subject. */
export async function readMeasureNames(
  store: Store,
  chainId: number,
): Promise<readonly Pick<Measure, 'name' | 'subject'>[]> {
  return explained('reading what is measured', async () => {
    // Jumps from one name and subject to the next along the key: what is kept of each may be millions of rows.
    const namesIn = (table: string) =>
      `WITH RECURSIVE known AS (
         (SELECT name, subject FROM ${table} WHERE chain_id = $1 ORDER BY name, subject LIMIT 1)
         UNION ALL
         SELECT after.name, after.subject FROM known, LATERAL (
           SELECT name, subject FROM ${table} WHERE chain_id = $1 AND (name, subject) > (known.name, known.subject)
           ORDER BY name, subject LIMIT 1) AS after)
       SELECT name, subject FROM known`;
    const { rows } = await store.pool.query<Pick<Measure, 'name' | 'subject'>>(
      `SELECT name, subject FROM ((${namesIn('measure')}) UNION (${namesIn('measure_hour_kept')})) AS named
       ORDER BY name COLLATE "C", subject COLLATE "C"`,
      [chainId],
    );
    return rows;
  });
}

/** The newest block of a chain that was measured. */
export async function lastMeasured(store: Store, chainId: number): Promise<number | undefined> {
  return explained('reading what was measured last', async () => {
    const { rows } = await store.pool.query<{ block: string }>(
      'SELECT block FROM measure WHERE chain_id = $1 ORDER BY block DESC LIMIT 1',
      [chainId],
    );
    return rows[0] && Number(rows[0].block);
  });
}
