import type { AssetRow, Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { assetRow, openFirstSales } from './first-sales.ts';
import { standsForReference } from './market/price-tree.ts';
import { DEFAULT_STEP, reproducingAssets } from './reproduction.ts';
import type { Move } from './scenario.ts';
import { unitsTaken } from './units-taken.ts';

/** How falls of assets feed each other when all of them have fallen by so much. */
export interface FeedbackPoint {
  /** Of every price, a ratio; 0 = the current prices. */
  readonly drop: number;
  /** What rows and columns are of. */
  readonly assets: readonly Address[];
  /**
   * Row i, column j: by how many steps the price of i falls because of what liquidations bring to its market when the price of j falls
   * by one step more. No unit. At a drop of 0 the entry of an asset with itself is its reproduction number.
   */
  readonly matrix: readonly Float64Array[];
  /** Assets without a market of their own, or whose market ends before the step does: they are in no row. */
  readonly leftOut: readonly Address[];
}

/** What to compute. */
export interface FeedbackOptions {
  /** Ratios from 0 to below 1 less the step. */
  readonly drops: readonly number[];
  /** As of `ReproductionOptions`. */
  readonly step?: number;
}

/**
 * The feedback matrix of all assets that may fall (`reproducingAssets`), at the current prices and along a fall of all of them together:
 *
 *     K_ij(drop) = (S_i(all at drop, j a step lower) − S_i(all at drop)) ÷ q_i(drop → drop + step)
 *
 * with S and q as `reproduction` has them: first sales of liquidators who act at any loss, and what the market of i takes over the step.
 * Where S shrinks, the entry is 0. In a fall the references fall, and all that is tied to them along; an asset with a discount of its own
 * falls by its discount in its own column alone. The spectral radius of K is the reproduction number of the whole: below 1 first sales
 * die out, whatever they are of.
 *
 * @throws BadDataError for a drop or step out of range.
 */
export function feedback(book: Book, { drops, step = DEFAULT_STEP }: FeedbackOptions): FeedbackPoint[] {
  if (!(step > 0)) throw new BadDataError(`the step must be above 0, but is ${step}`);
  for (const drop of drops)
    if (!(drop >= 0 && drop + step < 1))
      throw new BadDataError(`a drop must be from 0 to below ${1 - step}, but one is ${drop}`);
  const firstSales = openFirstSales(book);
  const rows = reproducingAssets(book).map((address) => assetRow(book, address));
  return drops.map((drop) => pointAt(book, { firstSales, rows, drop, step }));
}

function pointAt(
  book: Book,
  {
    firstSales,
    rows,
    drop,
    step,
  }: {
    readonly firstSales: ReturnType<typeof openFirstSales>;
    readonly rows: readonly AssetRow[];
    readonly drop: number;
    readonly step: number;
  },
): FeedbackPoint {
  const dropOf = ownDrops(book, rows, drop);
  const taken = rows.map((row) => unitsTaken(book, row, { from: dropOf(row), to: dropOf(row) + step }));
  const used = rows.filter((_, at) => taken[at] !== undefined);
  const takes = taken.filter((units) => units !== undefined);
  const fallen = rows.filter((row) => standsForReference(book.assets[row]!) && dropOf(row) > 0);
  const salesAt = (named: ReadonlyMap<AssetRow, number>) => {
    const moves = new Map([...fallen.map((row) => [row, dropOf(row)] as const), ...named]);
    return firstSales([...moves].map(([row, by]) => moveOf(book, row, by)));
  };
  const columns = used.map((row) => {
    // Named at both ends: an asset that is named trades in its own market alone.
    const before = salesAt(new Map([[row, dropOf(row)]]));
    const after = salesAt(new Map([[row, dropOf(row) + step]]));
    return used.map((other, at) => Math.max(0, after[other]! - before[other]!) / takes[at]!);
  });
  return {
    drop,
    assets: used.map((row) => book.assets[row]!.address),
    matrix: used.map((_, row) => Float64Array.from(columns, (column) => column[row]!)),
    leftOut: rows.filter((_, at) => taken[at] === undefined).map((row) => book.assets[row]!.address),
  };
}

/** How far an asset has fallen when all references have: by as much as they, where its own is one of those that fall. */
function ownDrops(book: Book, rows: readonly AssetRow[], drop: number): (row: AssetRow) => number {
  const falling = new Set(
    rows.flatMap((row) => {
      const asset = book.assets[row]!;
      return standsForReference(asset) ? [asset.reference] : [];
    }),
  );
  return (row) => (falling.has(book.assets[row]!.reference) ? drop : 0);
}

const moveOf = ({ assets }: Book, row: AssetRow, by: number): Move => ({
  kind: 'asset',
  asset: assets[row]!.address,
  move: -by,
});
