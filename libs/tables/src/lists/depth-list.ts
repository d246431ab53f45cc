import { compareText, type AssetDepth, type AssetRow } from '@undertow/book';
import {
  aggregateDepth,
  quoteBetween,
  quotedCurve,
  quotesOfLevels,
  type DepthCurve,
  type QuotedAmount,
} from '@undertow/liquidity';
import type { SaidDepth } from '../loans.ts';
import type { Problems } from '../problems.ts';
import type { ReadRow } from '../read-rows.ts';
import type { RowPlace } from '../table.ts';
import type { ListedAsset } from './asset-list.ts';
import { USD } from './asset-ties.ts';

/** How far down depth is measured when the deepest market of an asset is chosen. */
const MEASURED_DROP = 0.1;

/** Quotes of one source for one pair, and where they stand in the tables. */
interface Quoted {
  readonly asset: string;
  readonly quote: string;
  readonly source: string;
  readonly sells: { readonly quote: QuotedAmount; readonly place: RowPlace }[];
  readonly buys: { readonly quote: QuotedAmount; readonly place: RowPlace }[];
  readonly bids: ReadRow<'orders'>[];
  readonly asks: ReadRow<'orders'>[];
}

/** All that is said of depth. */
export interface DepthRows {
  readonly quotes: readonly ReadRow<'quotes'>[];
  readonly orders: readonly ReadRow<'orders'>[];
  /** Depth in dollars that other tables say. */
  readonly said: readonly SaidDepth[];
}

/** The assets that depth is of. */
export interface DepthAssets {
  readonly assets: readonly Pick<ListedAsset, 'symbol' | 'priceUsd' | 'tie'>[];
  /** By every name that rows may use. */
  readonly rowOf: ReadonlyMap<string, AssetRow>;
  /** What is known of their depth without the rows; none by default. Rows of an asset go before it. */
  readonly depth?: readonly (AssetDepth | undefined)[];
}

/** The depth of every asset, and what was given and is not used. */
export interface DepthList {
  /** By asset row. */
  readonly depth: readonly (AssetDepth | undefined)[];
  /** Sentences. */
  readonly notes: readonly string[];
}

/**
 * One curve per asset: what all sources quote against the one quote in which most can be sold within 10 % of the price. Sources of
 * one pair are added up, as if traders kept them at one price.
 */
export function depthList(rows: DepthRows, assets: DepthAssets, problems: Problems): DepthList {
  const found = new Map<string, Quoted>();
  for (const row of rows.quotes) {
    const isSale = row.side === 'sell';
    const [units, quoteUnits] = isSale ? [row.amountIn, row.amountOut] : [row.amountOut, row.amountIn];
    const quoted = quotedOf(found, row);
    (isSale ? quoted.sells : quoted.buys).push({ quote: { units, quoteUnits }, place: row.place });
  }
  for (const row of rows.orders) {
    const quoted = quotedOf(found, row);
    (row.side === 'bid' ? quoted.bids : quoted.asks).push(row);
  }
  for (const { asset, quote, place } of [...rows.quotes, ...rows.orders])
    checkPair(asset, quote, { assets, place, problems });
  problems.throwIfAny();
  const curves = [...found.values()].flatMap((quoted): Curve[] => {
    const curve = curveOf(quoted, problems);
    return curve ? [{ ...quoted, curve, place: placeOf(quoted) }] : [];
  });
  for (const { asset, curve, place } of rows.said)
    curves.push({ asset, quote: USD, source: `depth within 2 % in ${place.file}`, curve, place });
  problems.throwIfAny();
  return deepest(curves, assets, problems);
}

function quotedOf(
  found: Map<string, Quoted>,
  { asset, quote, source }: { readonly asset: string; readonly quote: string; readonly source: string },
): Quoted {
  const key = [asset, quote, source].join('\n');
  const known = found.get(key);
  if (known) return known;
  const added: Quoted = { asset, quote, source, sells: [], buys: [], bids: [], asks: [] };
  found.set(key, added);
  return added;
}

function checkPair(
  asset: string,
  quote: string,
  {
    assets,
    place,
    problems,
  }: { readonly assets: DepthAssets; readonly place: RowPlace; readonly problems: Problems },
): void {
  for (const [column, symbol] of [
    ['asset', asset],
    ['quote', quote],
  ] as const)
    if (!assets.rowOf.has(symbol)) problems.add(place, column, `${symbol} has no price`);
  if (asset === quote) problems.add(place, 'quote', `${asset} cannot be quoted in itself`);
}

const placeOf = ({ sells, buys, bids, asks }: Quoted) => [...sells, ...buys, ...bids, ...asks][0]!.place;

function curveOf(quoted: Quoted, problems: Problems): DepthCurve | undefined {
  const { asset, quote, source, sells, buys, bids, asks } = quoted;
  const first = placeOf(quoted);
  const isBook = bids.length + asks.length > 0;
  if (isBook && sells.length + buys.length > 0) {
    problems.add(
      first,
      'source',
      `${source} gives quotes and orders of ${asset}: call one of them otherwise`,
    );
    return undefined;
  }
  const made = isBook
    ? quotedCurve({ sells: quotesOfLevels(bids, 'bid'), buys: quotesOfLevels(asks, 'ask') })
    : quotedCurve({ sells: sells.map((one) => one.quote), buys: buys.map((one) => one.quote) });
  if ('curve' in made) return made.curve;
  for (const { side, index, problem } of made.flaws) {
    const place = (side === 'sell' ? sells : buys)[index]?.place ?? first;
    problems.add(place, undefined, `${source}, ${asset} in ${quote}: ${problem}`);
  }
  return undefined;
}

interface Curve extends Pick<Quoted, 'asset' | 'quote' | 'source'> {
  readonly curve: DepthCurve;
  /** Of its first row. */
  readonly place: RowPlace;
}

function deepest(curves: readonly Curve[], assets: DepthAssets, problems: Problems): DepthList {
  const notes: string[] = [];
  const depth = assets.assets.map((_, row) => assets.depth?.[row]);
  for (const symbol of new Set(curves.map(({ asset }) => asset))) {
    const own = curves.filter(({ asset }) => asset === symbol);
    const quotes = [...new Set(own.map(({ quote }) => quote))].sort(compareText);
    const merged = quotes.map((quote) =>
      mergedOf(
        own.filter((one) => one.quote === quote),
        assets,
      ),
    );
    const usd = ({ quote, ...curve }: AssetDepth) => {
      const high = curve.startSqrtPrice;
      const low = high * Math.sqrt(1 - MEASURED_DROP);
      return quoteBetween(curve, { low, high }) * assets.assets[quote]!.priceUsd;
    };
    const [best, ...others] = merged.toSorted((a, b) => usd(b) - usd(a) || a.quote - b.quote);
    depth[best!.asset] = best;
    const nameOf = ({ quote }: AssetDepth) => assets.assets[quote]!.symbol;
    if (others.length > 0)
      notes.push(
        `${symbol} is traded against ${nameOf(best!)}, where most can be sold; what is quoted in ${others.map(nameOf).join(', ')} is not used.`,
      );
  }
  refuseCircles(depth, assets, { curves, problems });
  return { depth, notes };
}

function mergedOf(curves: readonly Curve[], { rowOf }: DepthAssets): AssetDepth {
  const { asset, quote } = curves[0]!;
  return {
    asset: rowOf.get(asset)!,
    quote: rowOf.get(quote)!,
    ...aggregateDepth(curves.map(({ curve }) => curve))!,
    sources: curves.map(({ source }) => source).sort(compareText),
    isRequoted: true,
  };
}

/** Ties and quotes together must lead to an asset that follows none, else no price would come first. */
function refuseCircles(
  depth: readonly (AssetDepth | undefined)[],
  { assets }: DepthAssets,
  { curves, problems }: { readonly curves: readonly Curve[]; readonly problems: Problems },
): void {
  const state = new Uint8Array(assets.length);
  const visit = (row: AssetRow): void => {
    state[row] = 1;
    for (const next of [assets[row]!.tie.to, depth[row]?.quote]) {
      if (next === undefined || state[next] === 2) continue;
      if (state[next] === 0) visit(next);
      else {
        const { symbol } = assets[row]!;
        const at = curves.find(({ asset }) => asset === symbol || asset === assets[next]!.symbol);
        const other = assets[next]!.symbol;
        if (at)
          problems.add(
            at.place,
            'quote',
            `${symbol} is quoted in, or tied to, ${other}, which follows ${symbol} itself`,
          );
      }
    }
    state[row] = 2;
  };
  for (const row of assets.keys()) if (state[row] === 0) visit(row as AssetRow);
}
