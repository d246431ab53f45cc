import type { LegSide, PositionChange } from '@undertow/market';
import { bigintAt, present } from '../facts/cell.ts';
import type { Cell } from '../facts/fact-table.ts';
import { payloadFromJson } from '../facts/payload.ts';
import { checkpointOf } from '../checkpoint.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { checkWanted, type SeriesPart, type SeriesWanted } from './step.ts';
import { wholeSteps } from './whole-steps.ts';

/** How one leg of an owner changed within one step. */
export interface LegPoint {
  /** Start of the step, unix seconds. */
  readonly time: number;
  readonly venue: string;
  readonly market: string;
  readonly side: LegSide;
  /** Shares gained and lost within the step together, raw. */
  readonly sharesDelta: bigint;
  /** Shares at the end of the step, raw. */
  readonly shares: bigint;
  /** Changes within the step. */
  readonly changes: number;
}

/** Whose history, on which chain. */
export interface OwnerWanted extends SeriesWanted {
  readonly chainId: number;
  readonly owner: string;
}

/** Legs of an owner over time: a point for every leg and step in which it changed, legs of one step by venue, market and side. */
export async function readLegSeries(store: Store, wanted: OwnerWanted): Promise<SeriesPart<LegPoint>> {
  const { from, to, step, most } = checkWanted(wanted);
  const part = await inTransaction(
    store,
    'reading the history of an owner',
    async (client) => {
      const before = await client.query<Cell[]>({
        text: `SELECT venue, market, side, sum(shares)::text FROM (
            SELECT venue, market, side, shares_delta AS shares FROM leg_changed
            WHERE chain_id = $1 AND owner = $2 AND time < ${BEGINNING}
            UNION ALL SELECT venue, market, side, shares FROM leg_opening WHERE chain_id = $1 AND owner = $2
          ) AS before GROUP BY 1, 2, 3`,
        values: [wanted.chainId, wanted.owner, from],
        rowMode: 'array',
      });
      const { rows } = await client.query<Cell[]>({
        text: `SELECT extract(epoch FROM bucket)::bigint, venue, market, side, delta::text, changes FROM (
            SELECT date_bin('1 ${step}', time, '2000-01-03 00:00:00+00') AS bucket, venue, market, side,
              sum(shares_delta) AS delta, count(*) AS changes
            FROM leg_changed WHERE chain_id = $1 AND owner = $2 AND time >= ${BEGINNING} AND time < to_timestamp($4)
            GROUP BY 1, 2, 3, 4) AS history
          ORDER BY bucket, venue COLLATE "C", market COLLATE "C", side LIMIT ${most + 1}`,
        values: [wanted.chainId, wanted.owner, from, to],
        rowMode: 'array',
      });
      return wholeSteps(legPoints(before.rows, rows), most);
    },
    // What was held before and what changed since are of one moment.
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
  return fromKept(store, wanted, part);
}

/** SQL: the time before which facts of a chain ($1) may be gone; null where all are there. */
const KEPT_SINCE = '(SELECT kept_since FROM checkpoint WHERE chain_id = $1)';

/** SQL: where a part begins: at the time asked for ($3), or where facts do. */
const BEGINNING = `greatest(to_timestamp($3), ${KEPT_SINCE})`;

/** A part of a history that is read from facts alone, which says where they begin. */
async function fromKept<Point>(
  store: Store,
  { chainId, from }: OwnerWanted,
  part: SeriesPart<Point>,
): Promise<SeriesPart<Point>> {
  const { keptSince } = (await checkpointOf(store.pool, chainId)) ?? {};
  return keptSince !== undefined && from < keptSince ? { ...part, factsFrom: keptSince } : part;
}

/** Points of changes in order of time, onto what each leg was before. */
function legPoints(
  before: readonly (readonly Cell[])[],
  changes: readonly (readonly Cell[])[],
): readonly LegPoint[] {
  const held = new Map(
    before.map(([venue, market, side, shares]) => [`${venue} ${market} ${side}`, BigInt(shares!)]),
  );
  return changes.map((cells): LegPoint => {
    const [venue, market, side] = [present(cells, 1), present(cells, 2), present(cells, 3) as LegSide];
    const sharesDelta = bigintAt(cells, 4);
    const key = `${venue} ${market} ${side}`;
    const shares = (held.get(key) ?? 0n) + sharesDelta;
    held.set(key, shares);
    return { time: Number(cells[0]), venue, market, side, sharesDelta, shares, changes: Number(cells[5]) };
  });
}

/** One change of a position that is more than shares: a collateralised debt position, a perpetual, an option. */
export interface PositionEvent {
  readonly time: number;
  readonly block: number;
  readonly venue: string;
  readonly market: string;
  readonly position: string;
  readonly change: PositionChange;
}

/** Changes of the positions of an owner, each of its own: `step` says only where the part begins and ends. */
export async function readPositionEvents(
  store: Store,
  wanted: OwnerWanted,
): Promise<SeriesPart<PositionEvent>> {
  const { from, to, most } = checkWanted(wanted);
  return explained('reading the history of an owner', async () => {
    const { rows } = await store.pool.query<Cell[]>({
      text: `SELECT extract(epoch FROM time)::bigint, block, venue, market, position, change::text FROM position_changed
        WHERE chain_id = $1 AND owner = $2 AND time >= ${BEGINNING} AND time < to_timestamp($4)
        ORDER BY time, block, log_index, part LIMIT ${most + 1}`,
      values: [wanted.chainId, wanted.owner, from, to],
      rowMode: 'array',
    });
    return fromKept(store, wanted, wholeSteps(rows.map(positionEvent), most));
  });
}

function positionEvent(cells: readonly Cell[]): PositionEvent {
  return {
    ...{ time: Number(cells[0]), block: Number(cells[1]) },
    ...{ venue: present(cells, 2), market: present(cells, 3), position: present(cells, 4) },
    change: payloadFromJson<PositionChange>(present(cells, 5)),
  };
}
