import type { PoolClient } from 'pg';
import { textCell } from '../facts/cell.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import type { MeasuredBook } from './measured-book.ts';

/** A flag as it stood at a block. What its words mean is the business of who writes them (`libs/lag`). */
export interface StoredFlag {
  readonly kind: string;
  readonly severity: string;
  /** What it is of, the same from block to block. */
  readonly subject: string;
  /** What people call that, the assets and venues that hang on it, and how much does, USD. */
  readonly label: string;
  readonly assets: readonly string[];
  readonly venues: readonly string[];
  readonly atStakeUsd: number;
  /** Unix seconds, as all times here. */
  readonly start: number;
  readonly raisedAt: number;
  /** Undefined while it stands. */
  readonly end: number | undefined;
  readonly peak: number;
  readonly peakTime: number;
}

/** A flag as a reading left it, and what the reading did to it. */
export interface StoredFlagChange extends StoredFlag {
  readonly change: string;
}

/** The same with where it stands in the order in which changes were kept. */
export interface ToldFlagChange extends StoredFlagChange {
  readonly id: number;
  readonly block: number;
}

/** Which flags; what is left out is no condition. */
export interface FlagFilter {
  readonly kinds?: readonly string[] | undefined;
  readonly severity?: string | undefined;
  readonly subject?: string | undefined;
  /** That hangs on what they are of, as it was called then. */
  readonly asset?: string | undefined;
  /** Only those that stand, or only those that are over. */
  readonly isOpen?: boolean | undefined;
  /** Those that stood at some time from here on … */
  readonly from?: number | undefined;
  /** … and before here. */
  readonly to?: number | undefined;
}

/** Flags of a chain, as they stood at a block. */
export interface FlagsWanted {
  readonly chainId: number;
  /** The newest when left out. */
  readonly block?: number | undefined;
  readonly where: FlagFilter;
  readonly most: number;
}

/** Adds what a reading did to flags, in the transaction that keeps the reading; each change of a block once. */
export async function insertFlagChanges(
  client: PoolClient,
  { chainId, block, hash, time }: MeasuredBook,
  changes: readonly StoredFlagChange[],
): Promise<void> {
  for (const flag of changes)
    await client.query(
      `INSERT INTO oracle_flag (chain_id, block, time, kind, subject, started_at, change, severity, raised_at, ended_at, peak,
         peak_at, label, assets, venues, at_stake_usd)
       SELECT $1, $2, to_timestamp($3), $4, $5, to_timestamp($6), $7, $8, to_timestamp($9), to_timestamp($10), $11,
         to_timestamp($12), $13, $14::text[], $15::text[], $16
       WHERE EXISTS (SELECT FROM block WHERE chain_id = $1 AND number = $2 AND hash = $17)
       ON CONFLICT DO NOTHING`,
      [
        ...[chainId, block, time, flag.kind, textCell(flag.subject), flag.start, flag.change, flag.severity],
        ...[flag.raisedAt, flag.end ?? null, flag.peak, flag.peakTime, textCell(flag.label)],
        ...[flag.assets.map(textCell), flag.venues.map(textCell), flag.atStakeUsd, hash],
      ],
    );
}

const COLUMNS = `id, block, kind, subject, change, severity, label, assets, venues, at_stake_usd, peak,
  extract(epoch FROM started_at)::bigint AS start, extract(epoch FROM raised_at)::bigint AS raised,
  extract(epoch FROM ended_at)::bigint AS ended, extract(epoch FROM peak_at)::bigint AS peak_time`;

interface FlagCells {
  readonly id: string;
  readonly block: string;
  readonly kind: string;
  readonly subject: string;
  readonly change: string;
  readonly severity: string;
  readonly label: string;
  readonly assets: readonly string[];
  readonly venues: readonly string[];
  readonly at_stake_usd: number;
  readonly peak: number;
  readonly start: string;
  readonly raised: string;
  readonly ended: string | null;
  readonly peak_time: string;
}

function flagOf({ id: _id, block: _block, change: _change, ...cells }: FlagCells): StoredFlag {
  const { kind, subject, severity, label, assets, venues, peak } = cells;
  return {
    ...{ kind, severity, subject, label, assets, venues, peak },
    atStakeUsd: cells.at_stake_usd,
    start: Number(cells.start),
    raisedAt: Number(cells.raised),
    end: cells.ended === null ? undefined : Number(cells.ended),
    peakTime: Number(cells.peak_time),
  };
}

/** Flags as they stood at a block: those that stand first, then those that ended last; at most so many. */
export async function readFlags(
  store: Store,
  { chainId, block, where, most }: FlagsWanted,
): Promise<readonly StoredFlag[]> {
  const { kinds, severity, subject, asset, isOpen, from, to } = where;
  return explained('reading flags of oracles', async () => {
    // Jumps from flag to flag along the key: a flag that comes to ever worse values has as many rows as readings.
    const { rows } = await store.pool.query<FlagCells>(
      `WITH RECURSIVE known AS (
         (SELECT kind, subject, started_at FROM oracle_flag WHERE chain_id = $1 ORDER BY kind, subject, started_at LIMIT 1)
         UNION ALL
         SELECT after.kind, after.subject, after.started_at FROM known, LATERAL (
           SELECT kind, subject, started_at FROM oracle_flag
           WHERE chain_id = $1 AND (kind, subject, started_at) > (known.kind, known.subject, known.started_at)
           ORDER BY kind, subject, started_at LIMIT 1) AS after)
       SELECT flag.* FROM known, LATERAL (
         SELECT ${COLUMNS} FROM oracle_flag AS own
         WHERE chain_id = $1 AND own.kind = known.kind AND own.subject = known.subject
           AND own.started_at = known.started_at AND ($2::bigint IS NULL OR block <= $2)
         ORDER BY block DESC LIMIT 1) AS flag
       WHERE ($3::text[] IS NULL OR known.kind = ANY ($3)) AND ($4::text IS NULL OR known.subject = $4)
         AND ($5::text IS NULL OR severity = $5) AND ($6::text IS NULL OR $6 = ANY (assets))
         AND ($7::boolean IS NULL OR (ended IS NULL) = $7)
         AND ($8::bigint IS NULL OR ended IS NULL OR ended > $8) AND ($9::bigint IS NULL OR start < $9)
       ORDER BY ended DESC NULLS FIRST, severity = 'critical' DESC, start DESC, flag.kind COLLATE "C", flag.subject COLLATE "C" LIMIT $10`,
      [chainId, block, kinds, subject, severity, asset, isOpen, from, to, most],
    );
    return rows.map(flagOf);
  });
}

/** What was done to flags after a change that is known, the oldest first; at most so many. */
export async function readFlagChanges(
  store: Store,
  { chainId, after, most }: { readonly chainId: number; readonly after: number; readonly most: number },
): Promise<readonly ToldFlagChange[]> {
  return explained('reading changes of flags', async () => {
    const { rows } = await store.pool.query<FlagCells>(
      `SELECT ${COLUMNS} FROM oracle_flag WHERE chain_id = $1 AND id > $2 ORDER BY id LIMIT $3`,
      [chainId, after, most],
    );
    return rows.map((cells) => ({
      ...{ id: Number(cells.id), block: Number(cells.block), change: cells.change },
      ...flagOf(cells),
    }));
  });
}

/** The newest change of a flag that was kept; 0 when there is none. */
export async function lastFlagChange(store: Store, chainId: number): Promise<number> {
  return explained('reading changes of flags', async () => {
    const { rows } = await store.pool.query<{ id: string }>(
      'SELECT id FROM oracle_flag WHERE chain_id = $1 ORDER BY id DESC LIMIT 1',
      [chainId],
    );
    return Number(rows[0]?.id ?? 0);
  });
}
