import { depthToMove, standingMarkets, type AssetRow, type Book } from '@undertow/book';
import type { Address } from '@undertow/market';
import { exchangeSources, type ExchangeQuote, type ExchangeSource } from '../series/exchange-sources.ts';
import {
  DEFAULT_REFERENCE,
  marketReference,
  type ReferenceOptions,
  type Rejection,
} from '../series/market-reference.ts';

/** Who says what an asset trades at. */
export interface MarketSource {
  /** All pools of its deepest market together, or one market of an exchange. */
  readonly kind: 'pools' | 'exchange';
  /** The exchange, or the pools, as people call them. */
  readonly name: string;
  /** What the exchange trades there; undefined of pools. */
  readonly symbol: string | undefined;
  /** Undefined where nobody says what it is quoted in is worth. */
  readonly priceUsd: number | undefined;
  /** How much it counts: what pools pay while their price falls by 10 %, what an exchange traded in 24 hours. */
  readonly weightUsd: number;
  /** Since it said so; 0 of pools, whose price stands until somebody trades. */
  readonly ageSeconds: number;
  /** How far the exchange's clock was ahead of ours; undefined where it does not say, and of pools. */
  readonly clockSeconds: number | undefined;
  /** Why it does not count; undefined when it does. */
  readonly rejected: Rejection | undefined;
}

/** What an asset trades at, with everybody who was asked. */
export interface AssetMarket {
  /** USD per unit; undefined when nobody counts. */
  readonly priceUsd: number | undefined;
  /** The asset whose sources these are: itself, or what it is exchanged for at once or at a ratio. */
  readonly of: AssetRow;
  readonly sources: readonly MarketSource[];
  /** Greatest distance of a source that counts from the price, as a ratio of it; undefined when nobody counts. */
  readonly spread: number | undefined;
}

/** Exchanges that have said nothing for a day are not asked what something trades at, seconds. */
export const HEARD_WITHIN_SECONDS = 86_400;

/** A pool's price lies within its fee of where others trade, 0.3 % of most: nobody corrects it before. That is no outlier. */
const WITH_POOLS: ReferenceOptions = { ...DEFAULT_REFERENCE, ordinarySpread: 0.005 };

/** The fall over which the depth of pools is measured: as for which of an asset's markets is the deepest. */
const MEASURED_MOVE = -0.1;

/** Of one who does not say how much is traded, and of pools that pay nothing: the least that counts at all. */
const LEAST_WEIGHT = 1;

/**
 * What every asset of a book trades at, by row; undefined where nobody was asked: the weighted median of its pools and of the
 * markets of exchanges that stand for it, without the old and the outlying (`marketReference`), or what it is exchanged for.
 * Without prices of exchanges that is `standingMarkets` of the book, to the last digit.
 */
export function assetMarkets(
  book: Book,
  quotes: readonly ExchangeQuote[] = [],
  options: ReferenceOptions = WITH_POOLS,
): (AssetMarket | undefined)[] {
  const ofAsset = Map.groupBy(exchangeSources(quotes, book.time, options), ({ asset }) => asset);
  const judged = new Map<AssetRow, AssetMarket | undefined>();
  const own = (row: AssetRow): AssetMarket | undefined => {
    if (!judged.has(row)) {
      // Whatever a book says, nothing is priced by itself.
      judged.set(row, undefined);
      const pools = poolSource(book, row, (quote) => own(quote));
      const exchanges = ofAsset.get(book.assets[row]!.symbol) ?? [];
      judged.set(row, judge(row, { pools, exchanges }, options));
    }
    return judged.get(row);
  };
  const assets = book.assets.map((asset, row) => ({
    ...asset,
    marketPriceUsd: own(row as AssetRow)?.priceUsd,
  }));
  return standingMarkets({ assets }).map((standing, row) => {
    const of = standing?.of ?? (row as AssetRow);
    const market = judged.get(of);
    return market && { ...market, priceUsd: standing?.priceUsd };
  });
}

/** The same by address, for what lands in a scenario: see `Scenario.landsAtUsd`. */
export const landsAtUsd = (
  { assets }: Pick<Book, 'assets'>,
  markets: readonly (AssetMarket | undefined)[],
): Readonly<Record<Address, number>> =>
  Object.fromEntries(
    markets.flatMap((market, row) =>
      market?.priceUsd === undefined ? [] : [[assets[row]!.address, market.priceUsd]],
    ),
  );

/** The pools of an asset as one source. Their price is in what they are quoted in: by exchanges, where these say what it is worth. */
function poolSource(
  book: Book,
  row: AssetRow,
  marketOf: (quote: AssetRow) => AssetMarket | undefined,
): MarketSource | undefined {
  const { marketPriceUsd } = book.assets[row]!;
  if (marketPriceUsd === undefined) return undefined;
  const curve = book.depth[row];
  const [fallen] = depthToMove(book, row, [MEASURED_MOVE]) ?? [];
  return {
    kind: 'pools',
    name: curve?.sources.join(', ') ?? 'market',
    symbol: undefined,
    priceUsd: marketPriceUsd * (curve ? quoteFactor(book, curve.quote, marketOf(curve.quote)) : 1),
    weightUsd: Math.max(LEAST_WEIGHT, fallen?.usd ?? 0),
    ageSeconds: 0,
    clockSeconds: undefined,
    rejected: undefined,
  };
}

/** What a quote is worth by its sources ÷ what the book takes it for, its oracle's price; 1 where no exchange stands behind that. */
function quoteFactor(book: Book, quote: AssetRow, market: AssetMarket | undefined): number {
  const hasExchange = market?.sources.some(
    ({ kind, rejected }) => kind === 'exchange' && rejected === undefined,
  );
  if (!hasExchange || market?.priceUsd === undefined) return 1;
  return market.priceUsd / book.assets[quote]!.oraclePriceUsd;
}

function judge(
  of: AssetRow,
  asked: { readonly pools: MarketSource | undefined; readonly exchanges: readonly ExchangeSource[] },
  options: ReferenceOptions,
): AssetMarket | undefined {
  const { pools, exchanges } = asked;
  if (exchanges.length === 0) return pools && { priceUsd: pools.priceUsd, of, sources: [pools], spread: 0 };
  const sources = [...(pools ? [pools] : []), ...exchanges.map((one) => sourceOf(one, leastOf(asked)))];
  const priced = sources.flatMap((source) => {
    const { priceUsd: price, weightUsd: weight, ageSeconds } = source;
    return price === undefined ? [] : [{ source: keyOf(source), price, weight, ageSeconds }];
  });
  const reference = marketReference(priced, options);
  const reasons = new Map(reference?.rejected.map(({ source, reason }) => [source, reason]));
  return {
    priceUsd: reference?.price,
    of,
    spread: reference?.spread,
    sources: sources.map((source) => {
      if (source.priceUsd === undefined) return { ...source, rejected: 'not-convertible' };
      // Where nobody counts everybody is too old: what has no price is not stored.
      return { ...source, rejected: reference ? reasons.get(keyOf(source)) : 'old' };
    }),
  };
}

const keyOf = ({ name, symbol }: MarketSource) => `${name} ${symbol}`;

/** The least weight among sources of which it is known. */
function leastOf({ pools, exchanges }: Parameters<typeof judge>[1]): number {
  const known = [pools?.weightUsd, ...exchanges.map(({ volumeUsd }) => volumeUsd)].filter(
    (weight) => weight !== undefined && weight >= LEAST_WEIGHT,
  );
  return known.length === 0 ? LEAST_WEIGHT : Math.min(...(known as number[]));
}

function sourceOf(
  { exchange, symbol, priceUsd, volumeUsd, ageSeconds, clockSeconds }: ExchangeSource,
  least: number,
): MarketSource {
  return {
    kind: 'exchange',
    name: exchange,
    symbol,
    priceUsd,
    weightUsd: Math.max(LEAST_WEIGHT, volumeUsd ?? least),
    ageSeconds,
    clockSeconds,
    rejected: undefined,
  };
}
