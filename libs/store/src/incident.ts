import { textCell } from './facts/cell.ts';
import type { ListPart } from './list-part.ts';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/**
 * `deep-reorg`: the chain went back beyond finality; `endpoint`: an endpoint lies or fails; `source`: a decoder fails; `exchange`:
 * an exchange is silent or says what cannot be.
 */
export type IncidentKind = 'deep-reorg' | 'endpoint' | 'source' | 'exchange';

/** Something that an operator must know of. */
export interface Incident {
  readonly id: number;
  readonly chainId: number;
  readonly kind: IncidentKind;
  /** What happened and what to do. */
  readonly message: string;
  /** When it was noticed first, unix seconds. */
  readonly time: number;
  readonly resolved: boolean;
}

/** Notes an incident and returns its id. One that is open already with the same words is not noted again. */
export async function recordIncident(
  store: Store,
  incident: { readonly chainId: number; readonly kind: IncidentKind; readonly message: string },
): Promise<number> {
  const { chainId, kind, message } = incident;
  return explained('noting an incident', async () => {
    // The update changes nothing; it makes RETURNING give the id of the row that is there.
    const { rows } = await store.pool.query<{ id: string }>(
      `INSERT INTO incident (chain_id, kind, message) VALUES ($1, $2, $3)
       ON CONFLICT (chain_id, kind, md5(message)) WHERE resolved_at IS NULL
       DO UPDATE SET message = excluded.message RETURNING id`,
      [chainId, kind, textCell(message)],
    );
    return Number(rows[0]?.id);
  });
}

/** Marks open incidents as over, by id, or all of a kind on a chain; returns how many those were. */
export async function resolveIncident(
  store: Store,
  which: { readonly id: number } | { readonly chainId: number; readonly kind: IncidentKind },
): Promise<number> {
  return explained('resolving an incident', async () => {
    const [where, values] =
      'id' in which ? ['id = $1', [which.id]] : ['chain_id = $1 AND kind = $2', [which.chainId, which.kind]];
    const sql = `UPDATE incident SET resolved_at = now() WHERE resolved_at IS NULL AND ${where}`;
    return (await store.pool.query(sql, values)).rowCount ?? 0;
  });
}

/** Which incidents; what is left out is no condition. */
export interface IncidentFilter {
  readonly chainId?: number | undefined;
  readonly kind?: IncidentKind | undefined;
  readonly resolved?: boolean | undefined;
  /** First time at which they were noticed, unix seconds. */
  readonly from?: number | undefined;
  /** Time before which they were noticed, unix seconds. */
  readonly to?: number | undefined;
}

const MATCHING = `($1::bigint IS NULL OR chain_id = $1) AND ($2::text IS NULL OR kind = $2)
  AND ($3::boolean IS NULL OR (resolved_at IS NOT NULL) = $3)
  AND ($4::bigint IS NULL OR noticed_at >= to_timestamp($4)) AND ($5::bigint IS NULL OR noticed_at < to_timestamp($5))`;

const valuesOf = ({ chainId, kind, resolved, from, to }: IncidentFilter) => [
  ...[chainId, kind, resolved, from, to],
];

/** Incidents, newest first: a part of them, by their ids. */
export async function readIncidents(
  store: Store,
  most: number,
  { after, before, isFromEnd = false, ...where }: IncidentFilter & Omit<ListPart<number>, 'most'> = {},
): Promise<readonly Incident[]> {
  return explained('reading incidents', async () => {
    const { rows } = await store.pool.query<{
      id: string;
      chain_id: string;
      kind: IncidentKind;
      message: string;
      time: string;
      resolved: boolean;
    }>(
      `SELECT id, chain_id, kind, message, extract(epoch FROM noticed_at)::bigint AS time, resolved_at IS NOT NULL AS resolved
       FROM incident WHERE ${MATCHING} AND ($6::bigint IS NULL OR id < $6) AND ($7::bigint IS NULL OR id > $7)
       ORDER BY id ${isFromEnd ? 'ASC' : 'DESC'} LIMIT $8`,
      [...valuesOf(where), after, before, most],
    );
    return (isFromEnd ? rows.toReversed() : rows).map(({ id, chain_id, kind, message, time, resolved }) => ({
      ...{ id: Number(id), chainId: Number(chain_id), kind, message, time: Number(time), resolved },
    }));
  });
}

/** How many incidents there are. */
export async function countIncidents(store: Store, where: IncidentFilter): Promise<number> {
  return explained('counting incidents', async () => {
    const { rows } = await store.pool.query<{ count: string }>(
      `SELECT count(*) FROM incident WHERE ${MATCHING}`,
      valuesOf(where),
    );
    return Number(rows[0]!.count);
  });
}
