import type { AssetDepth, Book } from '@undertow/book';
import { buy, sell } from '@undertow/liquidity';
import type { AssetLinks } from './asset-links.ts';

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
  /** Units of what the asset is sold for per unit that was to be traded; 0 where nothing was traded. */
  readonly passedOn: Float64Array;
  /** Market price after ÷ before, by the trade in the asset's own pool alone; 1 where there was none. */
  readonly ownMove: Float64Array;
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
 * An asset with a curve is sold for its quote or bought with it in one trade, its pool's fee taken off; a redeemable
 * derived asset without one is turned into the asset it stands for, at the ratio of their prices. What comes of it joins
 * that asset's own trade, and so on until cash, which is counted at its price. An asset without any market cannot be
 * sold (`unsold`); what is missing of an asset to be bought is paid for at its price from stocks that others hold.
 *
 * What follows another asset's price moves with it: a derived asset in proportion, its own pool, if it has one, being
 * arbitraged to where its own trades left it against that asset; any other with the price of its quote.
 */
export function openMarkets(book: Book, links: AssetLinks, startPriceUsd: Float64Array): Markets {
  const priceUsd = startPriceUsd.slice();
  const sqrtPrice = Float64Array.from(book.depth, (curve, row) =>
    curve ? Math.sqrt(priceUsd[row]! / priceUsd[curve.quote]!) : 0,
  );

  const trade = (net: Float64Array): RoundTrades => {
    const trades = emptyTrades(book.assets.length);
    let cashUsd = 0;
    for (const asset of links.tradeOrder) {
      const amount = net[asset]!;
      if (amount === 0) continue;
      const curve = curveAt(book, asset, sqrtPrice[asset]!);
      const to = links.soldFor[asset];
      if (curve) {
        const before = sqrtPrice[asset]!;
        const fill = amount > 0 ? sell(curve, before, amount) : buy(curve, before, -amount);
        sqrtPrice[asset] = fill.sqrtPriceAfter;
        trades.ownMove[asset] = (fill.sqrtPriceAfter / before) ** 2;
        trades.passedOn[asset] = fill.quoteAmount / Math.abs(amount);
        trades.moved.add(asset);
        trades[amount > 0 ? 'sold' : 'bought'][asset] = fill.filled;
        if (amount > 0) trades.unsold[asset] = fill.unfilled;
        else cashUsd -= fill.unfilled * priceUsd[asset]!;
        net[curve.quote]! += amount > 0 ? fill.quoteAmount : -fill.quoteAmount;
      } else if (to !== undefined && !book.depth[asset]) {
        trades.passedOn[asset] = priceUsd[asset]! / priceUsd[to]!;
        trades[amount > 0 ? 'sold' : 'bought'][asset] = Math.abs(amount);
        net[to]! += amount * trades.passedOn[asset]!;
      } else if (amount > 0 && !links.isCash[asset]) trades.unsold[asset] = amount;
      else cashUsd += amount * priceUsd[asset]!;
    }
    followTrades(trades, priceUsd, sqrtPrice);
    return { ...trades, cashUsd };
  };

  /** Prices after a round's trades, each after that of what it follows. */
  const followTrades = (trades: Omit<Trades, 'cashUsd'>, price: Float64Array, sqrt: Float64Array): void => {
    const before = price.slice();
    for (const asset of links.priceOrder) {
      const followed = links.follows[asset];
      const isFollowing = followed !== undefined && trades.moved.has(followed);
      if (!isFollowing && !trades.moved.has(asset)) continue;
      trades.moved.add(asset);
      const isQuoted = followed !== undefined && book.depth[asset]?.quote === followed;
      price[asset] = isQuoted
        ? sqrt[asset]! ** 2 * price[followed]!
        : before[asset]! * trades.ownMove[asset]! * (isFollowing ? price[followed]! / before[followed]! : 1);
    }
    for (const [asset, curve] of book.depth.entries()) {
      // A derived asset's pool is brought to its price by arbitrage, in whatever it is quoted.
      if (!curve || links.follows[asset] === curve.quote) continue;
      if (trades.moved.has(asset) || trades.moved.has(curve.quote)) {
        sqrt[asset] = Math.sqrt(price[asset]! / price[curve.quote]!);
      }
    }
  };
  return { priceUsd, trade };
}

type Trades = RoundTrades & { readonly moved: Set<number> };

function emptyTrades(assets: number): Omit<Trades, 'cashUsd'> {
  const zeros = () => new Float64Array(assets);
  return {
    sold: zeros(),
    bought: zeros(),
    unsold: zeros(),
    moved: new Set<number>(),
    passedOn: zeros(),
    ownMove: new Float64Array(assets).fill(1),
  };
}

/** The asset's curve if its price stands on it: beyond its ends nobody trades. */
function curveAt(book: Book, asset: number, sqrtPrice: number): AssetDepth | undefined {
  const curve = book.depth[asset];
  if (!curve) return undefined;
  // A hair outside is rounding: the price was computed from one that stood at the end.
  const isOn =
    sqrtPrice >= curve.sqrtPrice[0]! * (1 - 1e-12) && sqrtPrice <= curve.sqrtPrice.at(-1)! * (1 + 1e-12);
  return isOn ? curve : undefined;
}
