import { buy, sell, type Book, type DepthCurve, type Fill } from '@undertow/book';
import { BadDataError } from '@undertow/units';

/** What one round wants to trade and what came of it, by asset row, asset units. */
export interface RoundTrades {
  readonly sold: Float64Array;
  readonly bought: Float64Array;
  /** Wanted to be sold, but no known market could take it. */
  readonly unsold: Float64Array;
  /** Cash that the traders end up with, USD; negative = they paid. */
  readonly cashUsd: number;
  /** Assets whose market price this round's trades moved. */
  readonly moved: ReadonlySet<number>;
}

/** The markets of a book while a cascade runs: where each curve stands. */
export interface Markets {
  /** USD by asset row; changed by `trade`. */
  readonly priceUsd: Float64Array;
  /** Trades each asset's net amount (positive = to be sold) at once, and moves prices. `net` is used up. */
  trade(net: Float64Array): RoundTrades;
}

/**
 * Opens the markets of a book at given prices.
 *
 * An asset with a curve is sold for its quote or bought with it in one trade, its pool's fee taken off; the quote
 * received joins the quote's own trade, and so on until an asset that has no curve but that others are quoted in:
 * cash, which is counted at its price. An asset without any market cannot be sold (`unsold`); what is missing of an
 * asset to be bought is paid for at its price from stocks that others hold.
 */
export function openMarkets(book: Book, startPriceUsd: Float64Array): Markets {
  const priceUsd = startPriceUsd.slice();
  const order = fromLeavesToCash(book);
  const cash = new Set(book.depth.map((curve) => curve?.quote));
  const sqrtPrice = Float64Array.from(book.depth, (curve, row) =>
    curve ? Math.sqrt(priceUsd[row]! / priceUsd[curve.quote]!) : 0,
  );

  const trade = (net: Float64Array): RoundTrades => {
    const trades = { sold: zeros(book), bought: zeros(book), unsold: zeros(book) };
    const moved = new Set<number>();
    let cashUsd = 0;
    for (const asset of order) {
      const amount = net[asset]!;
      if (amount === 0) continue;
      const curve = curveAt(book, asset, sqrtPrice[asset]!);
      if (!curve) {
        const isUnsold = amount > 0 && !(cash.has(asset as DepthCurve['quote']) && !book.depth[asset]);
        if (isUnsold) trades.unsold[asset] = amount;
        else cashUsd += amount * priceUsd[asset]!;
        continue;
      }
      const fill =
        amount > 0 ? sell(curve, sqrtPrice[asset]!, amount) : buy(curve, sqrtPrice[asset]!, -amount);
      sqrtPrice[asset] = fill.sqrtPriceAfter;
      moved.add(asset);
      net[curve.quote]! += amount > 0 ? fill.quoteAmount : -fill.quoteAmount;
      if (amount < 0) cashUsd -= fill.unfilled * priceUsd[asset]!;
      record(trades, asset, amount > 0 ? 'sold' : 'bought', fill);
    }
    for (const asset of order.toReversed()) {
      const quote = book.depth[asset]?.quote;
      if (quote === undefined || !(moved.has(asset) || moved.has(quote))) continue;
      moved.add(asset);
      priceUsd[asset] = sqrtPrice[asset]! ** 2 * priceUsd[quote]!;
    }
    return { ...trades, cashUsd, moved };
  };
  return { priceUsd, trade };
}

/** The asset's curve if its price stands on it: beyond its ends nobody trades. */
function curveAt(book: Book, asset: number, sqrtPrice: number): DepthCurve | undefined {
  const curve = book.depth[asset];
  if (!curve) return undefined;
  // A hair outside is rounding: the price was computed from one that stood at the end.
  const isOn =
    sqrtPrice >= curve.sqrtPrice[0]! * (1 - 1e-12) && sqrtPrice <= curve.sqrtPrice.at(-1)! * (1 + 1e-12);
  return isOn ? curve : undefined;
}

function record(
  trades: Pick<RoundTrades, 'sold' | 'bought' | 'unsold'>,
  asset: number,
  side: 'sold' | 'bought',
  fill: Fill,
) {
  trades[side][asset]! += fill.filled;
  if (side === 'sold') trades.unsold[asset]! += fill.unfilled;
}

/** Asset rows, each before the asset that it is quoted in. */
function fromLeavesToCash(book: Book): number[] {
  const stepsToCash = (asset: number) => {
    let steps = 0;
    for (let next = book.depth[asset]; next; next = book.depth[next.quote]) {
      if (++steps > book.depth.length)
        throw new BadDataError('the depth curves of the book quote each other in a circle');
    }
    return steps;
  };
  const steps = book.assets.map((_, row) => stepsToCash(row));
  return book.assets.map((_, row) => row).sort((a, b) => steps[b]! - steps[a]! || a - b);
}

const zeros = (book: Book) => new Float64Array(book.assets.length);
