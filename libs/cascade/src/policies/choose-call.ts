import type { Offer } from '../kernel.ts';
import { marketPriceUsd, type Market, type Places } from '../market/market.ts';
import { trade, type Trade } from '../market/trade.ts';
import { largestSize } from './largest-size.ts';

/** A call of a size, and what it brings where the market stands. */
export interface Choice {
  readonly offer: Offer;
  readonly size: number;
  readonly trade: Trade;
  /** What the liquidator has in the end: proceeds less costs, before gas, USD. */
  readonly profitUsd: number;
  /** What depositors of a stability pool get for what is sold with it, USD. */
  readonly othersUsd: number;
}

/** How large a call may be, beside what the contract allows. */
export interface SizeLimits {
  /** What the repayment may cost at most, USD. */
  readonly mostCostUsd: number;
  /** How far the call may move a price at most, a ratio; Infinity = any. */
  readonly mostMove: number;
}

export const NO_LIMITS: SizeLimits = { mostCostUsd: Infinity, mostMove: Infinity };

/**
 * The call, of several that a venue would accept, that pays a liquidator most, each at the largest size whose last unit still
 * pays: what it brings, sold where the market then stands, is at least what it costs there; or all, where that pays more. Undefined when none pays more than
 * `gasUsd`, or no more than what roundings may bring. A call that costs nothing is made whole.
 */
export function choosePaying(
  at: { readonly market: Market; readonly places: Places },
  offers: readonly Offer[],
  { gasUsd, limits = NO_LIMITS }: { readonly gasUsd: number; readonly limits?: SizeLimits },
): Choice | undefined {
  let best: Choice | undefined;
  for (const offer of offers) {
    const choice = isFree(offer) ? callOf(at, offer, 1) : largestPaying(at, offer, limits);
    if (!choice) continue;
    const sparedUsd = choice.profitUsd - gasUsd;
    if (isFree(offer) ? sparedUsd < 0 : sparedUsd < roundingUsd(at, offer)) continue;
    if (!best || choice.profitUsd > best.profitUsd) best = choice;
  }
  return best;
}

/**
 * What one raw unit of all that a call moves is worth, USD: venues round amounts to such units. Whoever comes to a market that others
 * have sold to where nothing pays would find less than that.
 */
function roundingUsd(
  { market, places }: { readonly market: Market; readonly places: Places },
  { flows }: Offer,
): number {
  const { assets } = market.book;
  return flows.reduce(
    (sum, { asset }) => sum + marketPriceUsd(market, places, asset) / 10 ** assets[asset]!.decimals,
    0,
  );
}

const isFree = ({ flows }: Offer) => flows.every(({ amount }) => amount >= 0);

function largestPaying(
  at: { readonly market: Market; readonly places: Places },
  offer: Offer,
  limits: SizeLimits,
): Choice | undefined {
  const costUsd = offer.flows.reduce(
    (sum, { asset, amount }) => sum - Math.min(0, amount) * marketPriceUsd(at.market, at.places, asset),
    0,
  );
  const most = Math.min(1, limits.mostCostUsd / costUsd);
  const spareAt = (size: number) => spareOf(at, callOf(at, offer, size), { costUsd, limits });
  if (most === 1 && (offer.mostPart === 0 || spareAt(1) >= 0)) return callOf(at, offer, 1);
  const end = Math.min(most, offer.mostPart);
  const size = end === 0 ? undefined : largestSize(spareAt, end);
  const part = size === undefined ? undefined : callOf(at, offer, size);
  // Where the contract takes no part as large as pays, all of it may pay more although its last unit does not.
  if (most < 1 || offer.mostPart === 1 || limits.mostMove < Infinity) return part;
  const whole = callOf(at, offer, 1);
  return whole.profitUsd > (part?.profitUsd ?? 0) ? whole : part;
}

/**
 * How much better the last unit of a call is than it must be, as a share of what the call costs: below 0 when it does not pay, or
 * moves a price too far.
 */
function spareOf(
  at: { readonly places: Places },
  choice: Choice,
  { costUsd, limits }: { readonly costUsd: number; readonly limits: SizeLimits },
): number {
  const paying = marginalUsd(choice) / costUsd;
  if (limits.mostMove === Infinity) return paying;
  return Math.min(paying, limits.mostMove - largestMove(at, choice.trade));
}

/** A call of a size where the market stands, whether it pays or not. */
export function callOf(
  { market, places }: { readonly market: Market; readonly places: Places },
  offer: Offer,
  size: number,
): Choice {
  const amounts = new Float64Array(market.depth.length);
  for (const { asset, amount } of offer.flows) amounts[asset]! += amount * size;
  const own = trade(market, places, amounts);
  const profitUsd = own.cashUsd - unboughtUsd(market, places, own);
  if (offer.soldByOthers.length === 0) return { offer, size, trade: own, profitUsd, othersUsd: 0 };
  // The liquidator sells first, in the transaction of the call, and they where that has put the market.
  for (const { asset, amount } of offer.soldByOthers) amounts[asset]! += amount * size;
  const all = trade(market, places, amounts);
  return { offer, size, trade: all, profitUsd, othersUsd: all.cashUsd - own.cashUsd };
}

/** What no market gives is paid for at its price, from stocks that others hold. */
function unboughtUsd(market: Market, places: Places, { unbought }: Trade): number {
  let usd = 0;
  for (const [asset, amount] of unbought.entries())
    if (amount > 0) usd += amount * marketPriceUsd(market, places, asset);
  return usd;
}

/** What the last unit of size brought less what it cost, USD per whole call. */
function marginalUsd({ offer, trade: { marginalUsd: price } }: Choice): number {
  let usd = 0;
  for (const { asset, amount } of offer.flows) if (amount !== 0) usd += amount * price[asset]!;
  return usd;
}

function largestMove({ places }: { readonly places: Places }, { places: after }: Trade): number {
  let most = 0;
  for (const [node, priceUsd] of after.priceUsd.entries())
    most = Math.max(most, Math.abs(priceUsd / places.priceUsd[node]! - 1));
  return most;
}
