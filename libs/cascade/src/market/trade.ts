import type { AssetDepth } from '@undertow/book';
import { buy, sell, type Fill } from '@undertow/liquidity';
import { marginalPrices } from './marginal-prices.ts';
import { marketPriceUsd, type Market, type Places } from './market.ts';
import { nodePrices } from './price-tree.ts';

/** What came of trading, by asset row, asset units. */
export interface Trade {
  readonly places: Places;
  /** Sold and bought on the asset's own curve. */
  readonly sold: Float64Array;
  readonly bought: Float64Array;
  /** Exchanged through the asset's tie; negative = got so. */
  readonly exchanged: Float64Array;
  /** Wanted to be sold, or to be bought, and no market took or gave it. */
  readonly unsold: Float64Array;
  readonly unbought: Float64Array;
  /** Cash that the traders end up with, USD; negative = they paid. */
  readonly cashUsd: number;
  /** See `marginalPrices`. */
  readonly marginalUsd: Float64Array;
  /** Price of the asset in its quote after its own trade ÷ before; 1 where there was none. */
  readonly ownMove: Float64Array;
}

/**
 * Trades each asset's net amount (positive = to be sold) at once from given places.
 *
 * What can be exchanged through an asset's tie is, at the ratio of the market prices, up to its capacity; the rest goes through
 * the asset's own curve, pool fee taken off. What comes of either joins the amount of the asset that it comes in, and so on
 * until cash, which counts at its price. Afterwards every curve stands where the prices put it: arbitrage keeps pools of tied
 * assets at their ratio (late ones when the round is over, see `caughtUp`), and its trades move nothing else.
 */
export function trade(market: Market, from: Places, amounts: Float64Array): Trade {
  const { depth, exchange, order, tree } = market;
  const net = amounts.slice();
  const own = from.own.slice();
  const capacity = from.capacity.slice();
  const { sold, bought, exchanged, unsold, unbought, ownMove, sqrtAfter } = columnsOf(net.length);
  ownMove.fill(1);
  const direction = new Int8Array(net.length);
  let cashUsd = 0;
  for (const asset of order) {
    direction[asset] = Math.sign(net[asset]!);
    const to = exchange[asset];
    if (to !== undefined && net[asset] !== 0) {
      const part = direction[asset] * Math.min(Math.abs(net[asset]!), capacity[asset]!);
      const valueUsd = part * marketPriceUsd(market, from, asset);
      if (to === 'dollars') cashUsd += valueUsd;
      else net[to]! += valueUsd / marketPriceUsd(market, from, to);
      capacity[asset]! -= Math.abs(part);
      exchanged[asset] = part;
      net[asset]! -= part;
    }
    const amount = net[asset]!;
    if (amount === 0) continue;
    const curve = depth[asset];
    if (curve) {
      const before = placeOn(market, from, asset, curve);
      const fill = fillOn(curve, before, amount);
      sqrtAfter[asset] = fill.sqrtPriceAfter;
      ownMove[asset] = (fill.sqrtPriceAfter / before) ** 2;
      own[tree.movedBy[asset]!]! *= ownMove[asset];
      (amount > 0 ? sold : bought)[asset] = fill.filled;
      (amount > 0 ? unsold : unbought)[asset] = fill.unfilled;
      net[curve.quote]! += amount > 0 ? fill.quoteAmount : -fill.quoteAmount;
    } else if (market.isCash[asset]) cashUsd += amount * marketPriceUsd(market, from, asset);
    else (amount > 0 ? unsold : unbought)[asset] = Math.abs(amount);
  }
  const priceUsd = nodePrices(tree, own);
  for (const [asset, isLate] of market.isLate.entries()) {
    if (isLate) priceUsd[tree.references + asset] = marketPriceUsd(market, from, asset) * ownMove[asset]!;
  }
  const places = { own, priceUsd, capacity };
  const marginalUsd = marginalPrices(market, { from, capacity, direction, sqrtAfter });
  return { places, sold, bought, exchanged, unsold, unbought, cashUsd, marginalUsd, ownMove };
}

/** Columns of zeros in one piece of memory: a search for the best size trades tens of times, and each piece costs more than its use. */
function columnsOf(length: number) {
  const { buffer, BYTES_PER_ELEMENT } = new Float64Array(7 * length);
  const column = (place: number) => new Float64Array(buffer, place * length * BYTES_PER_ELEMENT, length);
  return {
    sold: column(0),
    bought: column(1),
    exchanged: column(2),
    unsold: column(3),
    unbought: column(4),
    ownMove: column(5),
    sqrtAfter: column(6),
  };
}

/** Root of the price of an asset in its quote, where the market prices put it. */
export function placeOn(market: Market, places: Places, asset: number, { quote }: AssetDepth): number {
  return Math.sqrt(marketPriceUsd(market, places, asset) / marketPriceUsd(market, places, quote));
}

function fillOn(curve: AssetDepth, place: number, amount: number): Fill {
  if (isOnCurve(curve, place)) return amount > 0 ? sell(curve, place, amount) : buy(curve, place, -amount);
  return { filled: 0, unfilled: Math.abs(amount), quoteAmount: 0, sqrtPriceAfter: place };
}

/** Beyond the ends of a curve nobody trades. */
export function isOnCurve({ sqrtPrice }: AssetDepth, place: number): boolean {
  // A hair outside is rounding: the price was computed from one that stood at the end.
  return place >= sqrtPrice[0]! * (1 - 1e-12) && place <= sqrtPrice[sqrtPrice.length - 1]! * (1 + 1e-12);
}
