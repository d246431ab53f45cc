import type { AssetDepth } from '@undertow/book';
import { buy, sell, type Fill } from '@undertow/liquidity';
import { marketPriceUsd, type Market, type Places } from './market.ts';
import { nodePrices } from './price-tree.ts';

/** What came of trading in one asset, asset units. */
export interface AssetTrade {
  readonly asset: number;
  /** 1 = it was to be sold on balance, -1 = to be bought. */
  readonly direction: number;
  /** Sold and bought on the asset's own curve. */
  readonly sold: number;
  readonly bought: number;
  /** Exchanged through the asset's tie; negative = got so. */
  readonly exchanged: number;
  /** Wanted to be sold, or to be bought, and no market took or gave it. */
  readonly unsold: number;
  readonly unbought: number;
  /** What can still be exchanged through its tie. */
  readonly capacityLeft: number;
  /** Root of the price on its curve after the trade; 0 = not traded on. */
  readonly sqrtAfter: number;
  /** Price of the asset in its quote after its own trade ÷ before; 1 where there was none. */
  readonly ownMove: number;
}

/** What came of trading, and of what that came in. */
export interface Trade {
  /** Assets that were traded, in the order in which they were; all others stay as they were. */
  readonly assets: readonly AssetTrade[];
  /** Cash that the traders end up with, USD; negative = they paid. */
  readonly cashUsd: number;
}

/**
 * Trades each asset's net amount (positive = to be sold) at once from given places.
 *
 * What can be exchanged through an asset's tie is, at the ratio of the market prices, up to its capacity; the rest goes through
 * the asset's own curve, pool fee taken off. What comes of either joins the amount of the asset that it comes in, and so on
 * until cash, which counts at its price.
 */
export function trade(market: Market, from: Places, amounts: Float64Array): Trade {
  const net = amounts.slice();
  const assets: AssetTrade[] = [];
  let cashUsd = 0;
  for (const asset of market.order) {
    if (net[asset] === 0) continue;
    const [done, usd] = tradeAsset(market, from, { asset, net });
    assets.push(done);
    cashUsd += usd;
  }
  return { assets, cashUsd };
}

/** Trades the net amount of one asset, and adds what comes of it to the net amounts of others. */
function tradeAsset(
  market: Market,
  from: Places,
  { asset, net }: { readonly asset: number; readonly net: Float64Array },
): [done: AssetTrade, cashUsd: number] {
  const done = {
    asset,
    direction: Math.sign(net[asset]!),
    sold: 0,
    bought: 0,
    exchanged: 0,
    unsold: 0,
    unbought: 0,
    capacityLeft: from.capacity[asset]!,
    sqrtAfter: 0,
    ownMove: 1,
  };
  let cashUsd = 0;
  let amount = net[asset]!;
  const to = market.exchange[asset];
  if (to !== undefined) {
    const part = done.direction * Math.min(Math.abs(amount), done.capacityLeft);
    const valueUsd = part * marketPriceUsd(market, from, asset);
    if (to === 'dollars') cashUsd += valueUsd;
    else net[to]! += valueUsd / marketPriceUsd(market, from, to);
    done.capacityLeft -= Math.abs(part);
    done.exchanged = part;
    amount -= part;
  }
  if (amount === 0) return [done, cashUsd];
  const curve = market.depth[asset];
  if (curve) {
    const before = placeOn(market, from, asset, curve);
    const fill = fillOn(curve, before, amount);
    done.sqrtAfter = fill.sqrtPriceAfter;
    done.ownMove = (fill.sqrtPriceAfter / before) ** 2;
    done[amount > 0 ? 'sold' : 'bought'] = fill.filled;
    done[amount > 0 ? 'unsold' : 'unbought'] = fill.unfilled;
    net[curve.quote]! += amount > 0 ? fill.quoteAmount : -fill.quoteAmount;
  } else if (market.isCash[asset]) cashUsd += amount * marketPriceUsd(market, from, asset);
  else done[amount > 0 ? 'unsold' : 'unbought'] = Math.abs(amount);
  return [done, cashUsd];
}

/**
 * Where the markets stand after a trade: every curve where the prices put it. Arbitrage keeps pools of tied assets at their ratio (late
 * ones when the round is over, see `caughtUp`), and its trades move nothing else.
 */
export function placesAfter(market: Market, from: Places, { assets }: Trade): Places {
  const { tree } = market;
  const own = from.own.slice();
  let { capacity } = from;
  for (const { asset, ownMove, capacityLeft } of assets) {
    own[tree.movedBy[asset]!]! *= ownMove;
    if (capacityLeft !== capacity[asset]) capacity = capacity.with(asset, capacityLeft);
  }
  const priceUsd = nodePrices(tree, own);
  for (let asset = 0; asset < market.isLate.length; asset++) {
    if (!market.isLate[asset]) continue;
    const { ownMove } = assets.find((one) => one.asset === asset) ?? { ownMove: 1 };
    priceUsd[tree.references + asset] = marketPriceUsd(market, from, asset) * ownMove;
  }
  return { own, priceUsd, capacity };
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
