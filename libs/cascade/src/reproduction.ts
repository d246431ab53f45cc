import type { AssetRow, Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import { assetsAtRisk } from './assets-at-risk.ts';
import { assetRow, openFirstSales } from './first-sales.ts';
import { standsForReference } from './market/price-tree.ts';
import { unitsTaken } from './units-taken.ts';

/** How strongly liquidation feeds itself at one price of an asset. */
export interface ReproductionPoint {
  /** Of the asset's price, a ratio; 0 = the current price. */
  readonly drop: number;
  /**
   * Units of the asset that liquidations sell because of one more unit sold; no unit. 0 when no more is due one step
   * lower; undefined when the asset has no market of its own, or that ends before the step does. Below 1, first sales of F grow
   * to about F ÷ (1 − reproduction number); at 1 and above the cascade feeds itself to the end of accounts or depth.
   */
  readonly reproduction: number | undefined;
}

/** The points of one asset, in the order of the drops. */
export interface AssetReproduction {
  readonly asset: Address;
  readonly symbol: string;
  readonly points: readonly ReproductionPoint[];
}

/** What to compute. */
export interface ReproductionOptions {
  /** Ratios from 0 (the current price) to below 1 less the step. */
  readonly drops: readonly number[];
  /** By address; by default all of `reproducingAssets`. */
  readonly assets?: readonly Address[];
  /** Width of the finite difference, as a ratio of the current price. Default 0.01. */
  readonly step?: number;
}

/** Width of a finite difference of a price, as a ratio of the current one. */
export const DEFAULT_STEP = 0.01;

/**
 * The reproduction number of each asset, at its current price and along a price drop: the slope of the feedback loop
 * from sales to prices to sales, dS/dp × dp/dq, as a finite difference over one step downwards:
 *
 *     R(drop) = (S(drop + step) − S(drop)) ÷ q(drop → drop + step)
 *
 * S is what the first round of all venues brings to the asset's market when its price has dropped by that much and liquidators
 * act at any loss (less what they buy; what is redeemed or sold on through it counts), q is what its own market takes, fee
 * included, while its price falls by the step. Where S shrinks, R is 0. One asset falls at a time, with what hangs on it.
 *
 * The number holds for its step alone: between two drops that are further apart than the step it may be higher.
 *
 * @throws BadDataError for an unknown asset, and for a drop or step out of range.
 */
export function reproduction(book: Book, options: ReproductionOptions): AssetReproduction[] {
  const { drops, assets = reproducingAssets(book), step = DEFAULT_STEP } = options;
  const pointAt = openReproduction(book, step);
  for (const drop of drops) checkDrop(drop, step);
  return assets.map((address) => {
    const row = assetRow(book, address);
    return {
      asset: address,
      symbol: book.assets[row]!.symbol,
      points: drops.map((drop) => pointAt(address, drop)),
    };
  });
}

/** `reproduction` point by point, for who asks for many: what two points share is computed once. */
export function openReproduction(
  book: Book,
  step = DEFAULT_STEP,
): (asset: Address, drop: number) => ReproductionPoint {
  if (!(step > 0)) throw new BadDataError(`the step must be above 0, but is ${step}`);
  const soldAt = salesOf(book);
  return (asset, drop) => {
    checkDrop(drop, step);
    const row = assetRow(book, asset);
    const taken = unitsTaken(book, row, { from: drop, to: drop + step });
    if (taken === undefined) return { drop, reproduction: undefined };
    const more = soldAt(row, drop + step) - soldAt(row, drop);
    return { drop, reproduction: Math.max(0, more) / taken };
  };
}

function checkDrop(drop: number, step: number): void {
  if (!(drop >= 0 && drop + step < 1))
    throw new BadDataError(`a drop must be from 0 to below ${1 - step}, but one is ${drop}`);
}

/** Assets that may fall and take backing from somebody: those that stand for a reference, and those with a discount of their own. */
export function reproducingAssets(book: Book): Address[] {
  return assetsAtRisk(book).flatMap((name) => {
    if (name.kind === 'asset') return [name.asset];
    const row = book.references.findIndex(({ symbol }) => symbol === name.symbol);
    const anchor = book.assets.find((asset) => asset.reference === row && standsForReference(asset));
    return anchor ? [anchor.address] : [];
  });
}

/** How far ahead is looked for the first account that is due, as a ratio of the current price. */
const LOOK_AHEAD = 0.05;

/**
 * What a first round brings to an asset's market when it has dropped, units. Where nobody is due at a deeper drop, nobody is at
 * this one: then one run tells of all drops between.
 */
function salesOf(book: Book): (asset: AssetRow, drop: number) => number {
  const firstSales = openFirstSales(book);
  const known = new Map<string, number>();
  const remembered = (asset: AssetRow, drop: number): number => {
    // Sums of steps differ in their last digit.
    const key = `${asset} ${drop.toFixed(9)}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const { address } = book.assets[asset]!;
    const units = firstSales([{ kind: 'asset', asset: address, move: -drop }])[asset]!;
    known.set(key, units);
    return units;
  };
  return (asset, drop) => {
    const ahead = Math.ceil(drop / LOOK_AHEAD - 1e-9) * LOOK_AHEAD;
    return ahead < 1 && remembered(asset, ahead) === 0 ? 0 : remembered(asset, drop);
  };
}
