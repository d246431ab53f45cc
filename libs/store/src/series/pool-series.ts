import { bigintAt, present } from '../facts/cell.ts';
import type { Store } from '../open-store.ts';
import { poolPrice } from './decimals.ts';
import { fillGaps } from './fill-gaps.ts';
import { KEPT_KINDS, lastKept, readKept, type KeptRow } from './kept-series.ts';
import { checkWanted, type SeriesPart, type SeriesWanted } from './step.ts';

/** Price of a pool within one step: whole units of token 1 per unit of token 0. */
export interface PoolPoint {
  /** Start of the step, unix seconds. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Liquidity in range after the last swap, in the pool's own unit. */
  readonly liquidity: bigint;
  /** Swaps and initialisations within the step; 0 where the last price before it goes on. */
  readonly swaps: number;
}

/** Which pool, on which chain, with the decimals of its tokens. */
export interface PoolWanted extends SeriesWanted {
  readonly chainId: number;
  readonly pool: string;
  readonly decimals0: number;
  readonly decimals1: number;
  /** Whether steps without a swap are given too, with the last price before them. Default no. */
  readonly fill?: boolean;
}

/** Price of a pool over time. */
export async function readPoolSeries(store: Store, wanted: PoolWanted): Promise<SeriesPart<PoolPoint>> {
  const { chainId, pool, fill = false } = wanted;
  const asked = { chainId, key: { pool }, wanted };
  const { points, next } = await readKept(store, KEPT_KINDS.pool, asked);
  const part = { points: points.map((row) => poolPoint(row, wanted)), next };
  if (!fill) return part;
  const before = await lastKept(store, KEPT_KINDS.pool, asked);
  return fillGaps(part, {
    ...checkWanted(wanted),
    before: before && poolPoint(before, wanted),
    quiet: ({ close, liquidity }, time) => ({
      ...{ time, open: close, high: close, low: close, close },
      ...{ liquidity, swaps: 0 },
    }),
  });
}

function poolPoint({ time, values }: KeptRow, { decimals0, decimals1 }: PoolWanted): PoolPoint {
  const at = (column: number) => poolPrice(present(values, column), decimals0, decimals1);
  return {
    ...{ time, open: at(0), high: at(1), low: at(2), close: at(3) },
    ...{ liquidity: bigintAt(values, 4), swaps: Number(present(values, 5)) },
  };
}
