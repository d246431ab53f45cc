import type { AssetRow, Book } from '@undertow/book';
import { hangOrder } from './hang-order.ts';

/** How the assets of a book hang together. All by asset row. */
export interface AssetLinks {
  /** What selling the asset brings: its pool's quote, or what it is redeemed for. Undefined: cash, or no market. */
  readonly soldFor: readonly (AssetRow | undefined)[];
  /** Has no pool, is not redeemed, and others are quoted in it: taken at its price in any amount. */
  readonly isCash: readonly boolean[];
  /** Whose price moves the asset's own in proportion: what it is derived from, else what it is quoted in. */
  readonly follows: readonly (AssetRow | undefined)[];
  /** Each before what it is sold for. */
  readonly tradeOrder: readonly number[];
  /** Each after what it follows. */
  readonly priceOrder: readonly number[];
}

/**
 * Finds how the assets of a book hang together. A derived asset that is redeemable and has no pool is redeemed, if what
 * it is redeemed for can be sold in its turn.
 *
 * @throws BadDataError when assets are quoted in, or derived from, each other in a circle.
 */
export function assetLinks({ assets, depth }: Pick<Book, 'assets' | 'depth'>): AssetLinks {
  const count = assets.length;
  const quotes = new Set(depth.map((curve) => curve?.quote));
  const isQuoted = (row: AssetRow) => depth[row] === undefined && quotes.has(row);
  const follows = assets.map(({ derivedFrom }, row) => derivedFrom?.asset ?? depth[row]?.quote);
  const circle = 'assets of the book are quoted in, or derived from, each other in a circle';
  const priceOrder = hangOrder(count, (row) => follows[row], circle);
  const redeemedFor = (row: AssetRow): AssetRow | undefined => {
    const base = assets[row]!.derivedFrom;
    if (!base?.isRedeemable || depth[row]) return undefined;
    const isSold = depth[base.asset] ?? redeemedFor(base.asset);
    return isSold !== undefined || isQuoted(base.asset) ? base.asset : undefined;
  };
  const soldFor = assets.map((_, row) => depth[row]?.quote ?? redeemedFor(row as AssetRow));
  const tradeOrder = hangOrder(count, (row) => soldFor[row], circle).reverse();
  const isCash = assets.map((_, row) => soldFor[row] === undefined && isQuoted(row as AssetRow));
  return { soldFor, isCash, follows, tradeOrder, priceOrder };
}
