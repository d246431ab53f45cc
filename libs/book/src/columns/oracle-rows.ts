import type { Address, FeedId } from '@undertow/market';
import { compareText } from '../compare-text.ts';
import type { DraftAccount, DraftVenue } from '../draft.ts';
import type { DraftPrice } from '../draft-price.ts';

/** Prices in the order of their rows. */
export interface OracleRows {
  readonly rows: readonly { readonly asset: Address; readonly price: DraftPrice }[];
  /** Row of an asset's price by the feed that names it. */
  readonly rowOf: (asset: Address, feed: FeedId) => number;
}

/** Every price that a row may name: of legs, of funds, of what options are written on, of what pools quote in. */
export function* namedPrices(
  accounts: readonly DraftAccount[],
  drafts: Iterable<DraftVenue>,
  quotes: ReadonlyMap<Address, DraftPrice>,
): Generator<readonly [Address, DraftPrice]> {
  yield* quotes;
  for (const { legs } of accounts) for (const { asset, price } of legs) yield [asset, price];
  for (const { funds = [], instruments = [] } of drafts) {
    for (const { asset, price } of funds) yield [asset, price];
    for (const { underlying } of instruments) yield [underlying.asset, underlying.price];
  }
}

/** One row per asset and feed, by asset: the first feed, other feeds, and last a pair's own, as shocks apply to the first. */
export function oracleRows(
  prices: Iterable<readonly [Address, DraftPrice]>,
  firstFeed: (asset: Address) => FeedId | undefined,
): OracleRows {
  const found = new Map<Address, Map<FeedId, DraftPrice>>();
  for (const [asset, price] of prices) {
    const known = found.get(asset);
    if (!known) found.set(asset, new Map([[price.feed, price]]));
    else if (!known.has(price.feed)) known.set(price.feed, price);
  }
  const first = new Map([...found.keys()].map((asset) => [asset, firstFeed(asset)]));
  const isPair = ({ source }: DraftPrice) => Number(source?.form === 'pair');
  const isFirst = (asset: Address, { feed }: DraftPrice) => Number(feed === first.get(asset));
  const rows = [...found]
    .flatMap(([asset, own]) => [...own.values()].map((price) => ({ asset, price })))
    .sort(
      (a, b) =>
        compareText(a.asset, b.asset) ||
        isPair(a.price) - isPair(b.price) ||
        isFirst(b.asset, b.price) - isFirst(a.asset, a.price) ||
        compareText(a.price.feed, b.price.feed),
    );
  const byAsset = nestedRows(rows.map(({ asset, price }) => [asset, price.feed]));
  return { rows, rowOf: (asset, feed) => byAsset.get(asset)!.get(feed)! };
}

/** Row numbers of pairs of names: two look-ups of short strings cost less than one of their joined text. */
export function nestedRows<A extends string>(
  names: readonly (readonly [A, string])[],
): Map<A, Map<string, number>> {
  const rows = new Map<A, Map<string, number>>();
  for (const [row, [outer, inner]] of names.entries()) {
    const inside = rows.get(outer) ?? new Map<string, number>();
    rows.set(outer, inside);
    inside.set(inner, row);
  }
  return rows;
}
