import type { AssetRow, Book } from '@undertow/book';
import { unitsBetween } from '@undertow/liquidity';
import { BadDataError } from '@undertow/units';
import { applyEffects } from './apply-effects.ts';
import { assetLinks } from './asset-links.ts';
import { assetsAtRisk } from './assets-at-risk.ts';
import { liquidateAllDue, rulesOf } from './liquidate-all-due.ts';
import { openMarkets } from './markets.ts';
import { shockedPrices } from './shock.ts';

/** How strongly liquidation feeds itself at one price of an asset. */
export interface ReproductionPoint {
  /** Of the asset's price, a ratio; 0 = the current price. */
  readonly drop: number;
  /**
   * Units of the asset that liquidations sell because of one more unit sold; no unit. 0 when no more is due one step
   * lower; undefined when the asset has no pool, or its pool ends before the step does. Below 1, first sales of F grow
   * to about F ÷ (1 − reproduction number); at 1 and above the cascade feeds itself to the end of accounts or depth.
   */
  readonly reproduction: number | undefined;
}

/** The points of one asset, in the order of the drops. */
export interface AssetReproduction {
  readonly asset: string;
  readonly symbol: string;
  readonly points: readonly ReproductionPoint[];
}

/** What to compute. */
export interface ReproductionOptions {
  /** Ratios from 0 (the current price) to below 1 less the step. */
  readonly drops: readonly number[];
  /** By address; by default all of `assetsAtRisk`. */
  readonly assets?: readonly string[];
  /** Width of the finite difference, as a ratio of the current price. Default 0.01. */
  readonly step?: number;
}

const DEFAULT_STEP = 0.01;

/**
 * The reproduction number of each asset, at its current price and along a price drop: the slope of the feedback loop
 * from sales to prices to sales, dS/dp × dp/dq, as a finite difference over one step downwards:
 *
 *     R(drop) = (S(drop + step) − S(drop)) ÷ q(drop → drop + step)
 *
 * S is what the first-round liquidations of all venues bring to the asset's market when its price has dropped by that
 * much (less what they buy; what is redeemed or sold on through it counts), q is what its own pool takes, fee included,
 * while its price falls by the step. Where S shrinks, R is 0. One asset falls at a time, with what hangs on it.
 *
 * @throws BadDataError for an unknown asset, and for a drop or step out of range.
 */
export function reproduction(book: Book, options: ReproductionOptions): AssetReproduction[] {
  const { drops, assets = assetsAtRisk(book), step = DEFAULT_STEP } = options;
  if (!(step > 0)) throw new BadDataError(`the step must be above 0, but is ${step}`);
  const wrong = drops.find((drop) => !(drop >= 0 && drop + step < 1));
  if (wrong !== undefined)
    throw new BadDataError(`a drop must be from 0 to below ${1 - step}, but one is ${wrong}`);
  const soldAt = salesOf(book);
  return assets.map((address) => {
    const row = book.assets.findIndex((asset) => asset.address === address) as AssetRow;
    if ((row as number) === -1) throw new BadDataError(`the book has no asset ${address}`);
    const points = drops.map((drop) => {
      const taken = unitsTaken(book, row, { from: drop, to: drop + step });
      if (taken === undefined) return { drop, reproduction: undefined };
      const more = soldAt(row, drop + step) - soldAt(row, drop);
      return { drop, reproduction: Math.max(0, more) / taken };
    });
    return { asset: address, symbol: book.assets[row]!.symbol, points };
  });
}

/** What all first-round liquidations bring to an asset's market when it has dropped, units. */
function salesOf(book: Book): (asset: AssetRow, drop: number) => number {
  const links = assetLinks(book);
  const rules = rulesOf(book);
  const known = new Map<string, number>();
  return (asset, drop) => {
    const key = `${asset} ${drop}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const shocked = shockedPrices(book, { shocks: { [book.assets[asset]!.address]: -drop } });
    const view = {
      ...shocked,
      ...{ book, amount: book.legs.amount.slice() },
      fundAmount: Float64Array.from(book.funds, ({ amount }) => amount),
    };
    const { net } = applyEffects(view, liquidateAllDue(view, rules), () => {});
    const { sold, unsold, bought } = openMarkets(book, links, shocked.marketPriceUsd).trade(net);
    const units = sold[asset]! + unsold[asset]! - bought[asset]!;
    known.set(key, units);
    return units;
  };
}

/** Units that an asset's pool takes, fee included, while its price falls; undefined when it does not reach so far. */
function unitsTaken(
  { assets, depth }: Book,
  row: AssetRow,
  drop: { readonly from: number; readonly to: number },
): number | undefined {
  const curve = depth[row];
  if (!curve) return undefined;
  const sqrtAt = (ratio: number) =>
    Math.sqrt((assets[row]!.oraclePriceUsd * (1 - ratio)) / assets[curve.quote]!.oraclePriceUsd);
  const [high, low] = [sqrtAt(drop.from), sqrtAt(drop.to)];
  if (low < curve.sqrtPrice[0]! || high > curve.sqrtPrice.at(-1)!) return undefined;
  const units = unitsBetween(curve, { low, high }) / (1 - curve.feeRatio);
  return units > 0 ? units : undefined;
}
