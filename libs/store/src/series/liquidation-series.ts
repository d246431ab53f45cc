import type { Liquidated } from '@undertow/market';
import { bigintAt, hexAt, present } from '../facts/cell.ts';
import type { Cell } from '../facts/fact-table.ts';
import { liquidated } from '../facts/liquidated.ts';
import type { Store } from '../open-store.ts';
import { explained } from '../store-error.ts';
import { checkWanted, type SeriesPart, type SeriesWanted } from './step.ts';
import { wholeSteps } from './whole-steps.ts';

/** Which liquidations. */
export interface LiquidationsWanted extends SeriesWanted {
  readonly chainId: number;
  /** Of this venue alone. */
  readonly venue?: string | undefined;
  /** Of this owner alone. */
  readonly owner?: string | undefined;
}

/** Liquidations of one step that repaid the same asset with the same collateral at the same venue. Raw units. */
export interface LiquidationPoint {
  /** Start of the step, unix seconds. */
  readonly time: number;
  readonly venue: string;
  readonly collateralAsset: string;
  readonly debtAsset: string;
  readonly liquidations: number;
  readonly repaid: bigint;
  readonly seized: bigint;
  readonly badDebt: bigint;
}

const matching = `chain_id = $1 AND time >= to_timestamp($2) AND time < to_timestamp($3)
  AND ($4::text IS NULL OR venue = $4) AND ($5::text IS NULL OR owner = $5)`;

/** Liquidations over time, summed by step, venue and pair of assets. */
export async function readLiquidationSeries(
  store: Store,
  wanted: LiquidationsWanted,
): Promise<SeriesPart<LiquidationPoint>> {
  const { from, to, step, most } = checkWanted(wanted);
  return explained('reading liquidations', async () => {
    const { rows } = await store.pool.query<Cell[]>({
      text: `SELECT extract(epoch FROM date_bin('1 ${step}', time, '2000-01-03 00:00:00+00'))::bigint AS at,
          venue, collateral_asset, debt_asset, count(*), sum(repaid)::text, sum(seized)::text, sum(bad_debt)::text
        FROM liquidated WHERE ${matching} GROUP BY 1, 2, 3, 4
        ORDER BY 1, venue COLLATE "C", collateral_asset COLLATE "C", debt_asset COLLATE "C" LIMIT ${most + 1}`,
      values: [wanted.chainId, from, to, wanted.venue, wanted.owner],
      rowMode: 'array',
    });
    return wholeSteps(rows.map(liquidationPoint), most);
  });
}

function liquidationPoint(cells: readonly Cell[]): LiquidationPoint {
  return {
    ...{ time: Number(cells[0]), venue: present(cells, 1), liquidations: Number(cells[4]) },
    ...{ collateralAsset: hexAt(cells, 2), debtAsset: hexAt(cells, 3) },
    ...{ repaid: bigintAt(cells, 5), seized: bigintAt(cells, 6), badDebt: bigintAt(cells, 7) },
  };
}

/** Liquidations one by one, in order of time. */
export async function readLiquidationEvents(
  store: Store,
  wanted: LiquidationsWanted,
): Promise<SeriesPart<Liquidated>> {
  const { from, to, most } = checkWanted(wanted);
  const cells = liquidated.columns.map((column) => `${column}::text`).join(', ');
  return explained('reading liquidations', async () => {
    const { rows } = await store.pool.query<Cell[]>({
      text: `SELECT extract(epoch FROM time)::bigint, block, log_index, part, ${cells} FROM liquidated
        WHERE ${matching} ORDER BY time, block, log_index, part LIMIT ${most + 1}`,
      values: [wanted.chainId, from, to, wanted.venue, wanted.owner],
      rowMode: 'array',
    });
    const events = rows.map(([time, block, logIndex, part, ...own]) =>
      liquidated.fromCells(
        {
          ...{ chainId: wanted.chainId, block: Number(block), logIndex: Number(logIndex) },
          ...{ part: Number(part), time: Number(time) },
        },
        own,
      ),
    );
    return wholeSteps(events, most);
  });
}
