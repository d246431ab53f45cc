import type { Offer } from '../kernel.ts';
import { largestSize } from './largest-size.ts';

/** A call of a size, and what it brings where the market stands. */
export interface Quote {
  readonly offer: Offer;
  readonly size: number;
  /** What the liquidator has in the end: proceeds less costs, before gas, USD. */
  readonly profitUsd: number;
  /** What depositors of a stability pool get for what is sold with it, USD. */
  readonly othersUsd: number;
  /** What the last unit of size brought less what it cost, USD per whole call. */
  readonly marginalUsd: number;
}

/** Where calls can be tried out: markets that stand somewhere. */
export interface Desk<Quoted extends Quote = Quote> {
  /** Decimals of an asset's raw unit. */
  decimalsOf(asset: number): number;
  priceUsd(asset: number): number;
  /** A call of a size, whether it pays or not. */
  quote(offer: Offer, size: number): Quoted;
  /** How far a call would move any price, a ratio. */
  largestMove(quoted: Quoted): number;
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
export function choosePaying<Quoted extends Quote>(
  desk: Desk<Quoted>,
  offers: readonly Offer[],
  { gasUsd, limits = NO_LIMITS }: { readonly gasUsd: number; readonly limits?: SizeLimits },
): Quoted | undefined {
  let best: Quoted | undefined;
  for (const offer of offers) {
    const quoted = isFree(offer) ? desk.quote(offer, 1) : largestPaying(desk, offer, limits);
    if (!quoted) continue;
    const sparedUsd = quoted.profitUsd - gasUsd;
    if (isFree(offer) ? sparedUsd < 0 : sparedUsd < roundingUsd(desk, offer)) continue;
    if (!best || quoted.profitUsd > best.profitUsd) best = quoted;
  }
  return best;
}

/**
 * What one raw unit of all that a call moves is worth, USD: venues round amounts to such units. Whoever comes to a market that others
 * have sold to where nothing pays would find less than that.
 */
function roundingUsd(desk: Desk, { flows }: Offer): number {
  return flows.reduce((sum, { asset }) => sum + desk.priceUsd(asset) / 10 ** desk.decimalsOf(asset), 0);
}

const isFree = ({ flows }: Offer) => flows.every(({ amount }) => amount >= 0);

function largestPaying<Quoted extends Quote>(
  desk: Desk<Quoted>,
  offer: Offer,
  limits: SizeLimits,
): Quoted | undefined {
  const costUsd = offer.flows.reduce(
    (sum, { asset, amount }) => sum - Math.min(0, amount) * desk.priceUsd(asset),
    0,
  );
  const most = Math.min(1, limits.mostCostUsd / costUsd);
  // How much better the last unit is than it must be, as a share of the cost: below 0 when it does not pay, or moves a price too far.
  const spareAt = (size: number) => {
    const quoted = desk.quote(offer, size);
    const paying = quoted.marginalUsd / costUsd;
    if (limits.mostMove === Infinity) return paying;
    return Math.min(paying, limits.mostMove - desk.largestMove(quoted));
  };
  if (most === 1 && (offer.mostPart === 0 || spareAt(1) >= 0)) return desk.quote(offer, 1);
  const end = Math.min(most, offer.mostPart);
  const size = end === 0 ? undefined : largestSize(spareAt, end);
  const part = size === undefined ? undefined : desk.quote(offer, size);
  // Where the contract takes no part as large as pays, all of it may pay more although its last unit does not.
  if (most < 1 || offer.mostPart === 1 || limits.mostMove < Infinity) return part;
  const whole = desk.quote(offer, 1);
  return whole.profitUsd > (part?.profitUsd ?? 0) ? whole : part;
}
