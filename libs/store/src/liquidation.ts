import type { FactPlace, Liquidated } from '@undertow/market';
import { liquidated } from './facts/liquidated.ts';
import type { Cell } from './facts/fact-table.ts';
import type { ListPart } from './list-part.ts';
import type { Store } from './open-store.ts';
import { explained } from './store-error.ts';

/** Which liquidations; what is left out is no condition. */
export interface LiquidationFilter {
  readonly venue?: string | undefined;
  /** Whose debt was repaid or whose collateral was taken, by id. */
  readonly market?: string | undefined;
  readonly owner?: string | undefined;
  readonly liquidator?: string | undefined;
  /** That was taken or was owed, by address. */
  readonly asset?: string | undefined;
  /** First time, unix seconds. */
  readonly from?: number | undefined;
  /** Time before which they end, unix seconds. */
  readonly to?: number | undefined;
}

/** Liquidations of one chain up to a block. */
export interface LiquidationsUpTo {
  readonly chainId: number;
  /** Highest block, inclusive. */
  readonly upTo: number;
  readonly where: LiquidationFilter;
}

/**
 * Conditions of a filter, on the parameters that `valuesOf` gives. Collateral is taken in the market that goes by its asset, where markets
 * go by assets; elsewhere no market has such an id.
 */
const MATCHING = `chain_id = $1 AND block <= $2
  AND ($3::text IS NULL OR venue = $3) AND ($4::text IS NULL OR owner = $4) AND ($5::text IS NULL OR liquidator = $5)
  AND ($6::text IS NULL OR collateral_asset = $6 OR debt_asset = $6)
  AND ($7::bigint IS NULL OR time >= to_timestamp($7)) AND ($8::bigint IS NULL OR time < to_timestamp($8))
  AND ($9::text IS NULL OR market = $9 OR collateral_asset = $9)`;

const valuesOf = ({ chainId, upTo, where }: LiquidationsUpTo) => [
  ...[chainId, upTo, where.venue, where.owner, where.liquidator, where.asset, where.from, where.to],
  where.market,
];

/** Liquidations, newest first: a part of them. */
export async function readLiquidations(
  store: Store,
  { most, after, before, isFromEnd = false, ...of }: LiquidationsUpTo & ListPart<FactPlace>,
): Promise<readonly Liquidated[]> {
  return explained('reading liquidations', async () => {
    const cells = liquidated.columns.map((column) => `${column}::text`).join(', ');
    const order = isFromEnd ? 'ASC' : 'DESC';
    const values = [...valuesOf(of), most];
    const beyond = (sign: '<' | '>', place: FactPlace | undefined) => {
      if (place === undefined) return '';
      const last = values.push(place.block, place.logIndex, place.part);
      return `AND (block, log_index, part) ${sign} ($${last - 2}, $${last - 1}, $${last})`;
    };
    const { rows } = await store.pool.query<Cell[]>({
      text: `SELECT extract(epoch FROM time)::bigint, block, log_index, part, ${cells} FROM liquidated
        WHERE ${MATCHING} ${beyond('<', after)} ${beyond('>', before)}
        ORDER BY block ${order}, log_index ${order}, part ${order} LIMIT $10`,
      values,
      rowMode: 'array',
    });
    const newestFirst = isFromEnd ? rows.toReversed() : rows;
    return newestFirst.map(([time, block, logIndex, part, ...own]) =>
      liquidated.fromCells(
        {
          ...{ chainId: of.chainId, block: Number(block), logIndex: Number(logIndex) },
          ...{ part: Number(part), time: Number(time) },
        },
        own,
      ),
    );
  });
}

/** How many liquidations there are. */
export async function countLiquidations(store: Store, of: LiquidationsUpTo): Promise<number> {
  return explained('counting liquidations', async () => {
    const { rows } = await store.pool.query<{ count: string }>(
      `SELECT count(*) FROM liquidated WHERE ${MATCHING}`,
      valuesOf(of),
    );
    return Number(rows[0]!.count);
  });
}
