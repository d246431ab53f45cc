import type { AssetDepth, AssetRow, Book } from '@undertow/book';
import { requoted } from '@undertow/liquidity';
import { nodePrices, priceTree, type PriceTree } from './price-tree.ts';
import { tradeOrder } from './trade-order.ts';

/** The markets of a book: what never changes during a run. By asset row where not said otherwise. */
export interface Market {
  readonly book: Book;
  readonly tree: PriceTree;
  /** Depth, its multiplier applied. */
  readonly depth: readonly (AssetDepth | undefined)[];
  /** Assets, each before what it is exchanged for and what it is quoted in. */
  readonly order: readonly number[];
  /** What a unit can be exchanged for through its tie: another asset, or dollars themselves. */
  readonly exchange: readonly (AssetRow | 'dollars' | undefined)[];
  /** Others are quoted in it and it has no curve, so that any amount is taken at its price. */
  readonly isCash: readonly boolean[];
  /** Whether it can be sold and bought at all. */
  readonly isTradable: readonly boolean[];
  /**
   * Pegged to another asset, and nothing can be exchanged, as the base of a perpetual: arbitrage brings its market along when
   * oracles follow, and not between the calls of a round.
   */
  readonly isLate: readonly boolean[];
  /** The rows of which that is so, and whether anything hangs on them. */
  readonly late: readonly number[];
  readonly isBelowLate: boolean;
}

/** Where the markets of a book stand while a cascade runs. Never changed in place: a trade gives new places. */
export interface Places {
  /** Own factor by node of the price tree: what shocks and an asset's own trades have done to it. */
  readonly own: Float64Array;
  /** USD by node. */
  readonly priceUsd: Float64Array;
  /** What can still be exchanged through each asset's tie, asset units. */
  readonly capacity: Float64Array;
}

/** @throws BadDataError when assets are quoted in, or tied to, each other in a circle. */
export function openMarket(book: Book, depthFactor = 1): Market {
  const { assets } = book;
  const depth = book.depth.map((curve) => curve && deepened(curve, depthFactor));
  const order = tradeOrder(book);
  const quotes = new Set(depth.map((curve) => curve?.quote));
  const isCash = assets.map((_, row) => !depth[row] && quotes.has(row as AssetRow));
  const isTradable = assets.map(() => false);
  const exchange: Market['exchange'][number][] = assets.map(() => undefined);
  for (const row of order.toReversed()) {
    const to = exchangeOf(book, row);
    exchange[row] = typeof to === 'number' && !isTradable[to] ? undefined : to;
    isTradable[row] = isCash[row]! || depth[row] !== undefined || exchange[row] !== undefined;
  }
  const isLate = assets.map(({ tie }) => tie.kind === 'pegged' && tie.to !== undefined && tie.capacity === 0);
  const tree = priceTree(book);
  const late = isLate.flatMap((one, row) => (one ? [row] : []));
  const isBelowLate = late.some((row) => tree.below[tree.references + row]!.length > 1);
  return { book, tree, depth, order, exchange, isCash, isTradable, isLate, late, isBelowLate };
}

function exchangeOf({ assets, references }: Book, row: number): Market['exchange'][number] {
  const { tie, reference } = assets[row]!;
  if (tie.kind === 'none' || tie.capacity === 0) return undefined;
  if (tie.to !== undefined) return tie.to;
  return references[reference]!.symbol === 'USD' ? 'dollars' : undefined;
}

function deepened(curve: AssetDepth, factor: number): AssetDepth {
  return factor === 1 ? curve : { ...curve, liquidity: curve.liquidity.map((depth) => depth * factor) };
}

/** Places at given own factors, with nothing exchanged yet; of `unexchanged` assets nothing can be exchanged. */
export function openPlaces(
  { tree, book }: Market,
  own: Float64Array,
  unexchanged: ReadonlySet<number> = new Set(),
): Places {
  const capacity = Float64Array.from(book.assets, ({ tie }, row) =>
    unexchanged.has(row) ? 0 : (tie.capacity ?? Infinity),
  );
  return { own, priceUsd: nodePrices(tree, own), capacity };
}

/** The market after a shock: what is quoted anew (`AssetDepth.isRequoted`) begins where the shock has put its price. */
export function requotedAt(market: Market, places: Places): Market {
  const depth = market.depth.map((curve) => {
    if (!curve?.isRequoted) return curve;
    const { asset, quote } = curve;
    const price = marketPriceUsd(market, places, asset) / marketPriceUsd(market, places, quote);
    return { ...curve, ...requoted(curve, Math.sqrt(price)) };
  });
  return { ...market, depth };
}

/** The places when arbitrage has brought along what follows late. */
export function caughtUp({ tree, late }: Market, places: Places): Places {
  return late.length > 0 ? { ...places, priceUsd: nodePrices(tree, places.own) } : places;
}

/** Price of an asset's market, USD. */
export const marketPriceUsd = ({ tree }: Market, { priceUsd }: Places, asset: number): number =>
  priceUsd[tree.references + asset]!;
