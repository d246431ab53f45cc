import { mulDivUp } from '@undertow/units';
import { nextTickInWord } from '../pool/next-tick.ts';
import { amount1Between } from '../pool/range-amounts.ts';
import { MAX_TICK, MIN_TICK, sqrtPriceX96AtTick } from '../pool/tick-math.ts';

const Q128 = 1n << 128n;
const ONE_E6 = 1_000_000n;

/** What one unit of liquidity (fees) and one base unit (premium) have grown by, and premium ÷ root price. */
export interface PoolGrowth {
  /** Σ makers' fees ÷ liquidity in range, quote, × 2¹²⁸ (`OrderBook._feeGrowthGlobalX128Map`). */
  readonly feeX128: bigint;
  /** Σ premium × seconds, × 2⁹⁶ (`Funding.Growth.twPremiumX96`). */
  readonly premiumX96: bigint;
  /** Σ premium × seconds ÷ root price, × 2⁹⁶ (`Funding.Growth.twPremiumDivBySqrtPriceX96`). */
  readonly premiumBySqrtX96: bigint;
}

/** An initialised tick: what lies on its other side (`OrderBook._growthOutsideTickMap`), and the liquidity that refers to it. */
export interface TickGrowth extends PoolGrowth {
  readonly net: bigint;
  readonly gross: bigint;
}

/** The last step of a trade whose fee is not known before the trade's whole fee is. */
export interface OpenStep {
  readonly liquidity: bigint;
  /** Fees of the steps before it, quote, wad. */
  readonly paidWad: bigint;
}

/** The ticks of a perpetual's pool and what makers have earned in it. */
export interface PoolRanges {
  readonly tick: number;
  /** In range. */
  readonly liquidity: bigint;
  /** 0 = not known. */
  readonly tickSpacing: number;
  /** What takers pay on their quote amount, and the insurance fund's part of that. */
  readonly exchangeFeeE6: bigint;
  readonly fundFeeE6: bigint;
  readonly feeX128: bigint;
  readonly ticks: ReadonlyMap<number, TickGrowth>;
  readonly openStep: OpenStep | undefined;
  /** False once a trade's fee was not what its path gives. */
  readonly areFeesKnown: boolean;
}

export const emptyPoolRanges: PoolRanges = {
  ...{ tick: 0, liquidity: 0n, tickSpacing: 0, exchangeFeeE6: 0n, fundFeeE6: 0n, feeX128: 0n },
  ...{ ticks: new Map(), openStep: undefined, areFeesKnown: true },
};

/** What funding has grown by in all, at the time of an event. */
export type FundingGrowth = Omit<PoolGrowth, 'feeX128'>;

/** The growth of a tick that no price has crossed, when it lies above the pool's. */
const NOTHING: PoolGrowth = { feeX128: 0n, premiumX96: 0n, premiumBySqrtX96: 0n };

/**
 * Liquidity was added to or taken from a range. A tick's growth begins when it is initialised: at all there is when it
 * is not above the pool's tick, else at nothing. Source: `OrderBook.addLiquidity`, `_removeLiquidity`, `Tick.initialize`.
 */
export function rangeChanged(
  ranges: PoolRanges,
  funding: FundingGrowth,
  range: { readonly lowerTick: number; readonly upperTick: number; readonly liquidityDelta: bigint },
): PoolRanges {
  const { lowerTick, upperTick, liquidityDelta } = range;
  const ticks = new Map(ranges.ticks);
  const refer = (tick: number, net: bigint) => {
    const start = tick <= ranges.tick ? { ...funding, feeX128: ranges.feeX128 } : NOTHING;
    const before = ticks.get(tick) ?? { ...start, net: 0n, gross: 0n };
    const gross = before.gross + liquidityDelta;
    if (gross === 0n) ticks.delete(tick);
    else ticks.set(tick, { ...before, net: before.net + net, gross });
  };
  if (liquidityDelta !== 0n) {
    refer(lowerTick, liquidityDelta);
    refer(upperTick, -liquidityDelta);
  }
  const isInRange = lowerTick <= ranges.tick && ranges.tick < upperTick;
  return { ...ranges, ticks, liquidity: ranges.liquidity + (isInRange ? liquidityDelta : 0n) };
}

/** Where a pool stands. */
export interface PoolPlace {
  readonly sqrtPriceX96: bigint;
  readonly tick: number;
}

/**
 * A trade moved the pool: the fees of its whole steps, from tick to tick, and the ticks that it crossed. What its last
 * step paid is what is left of the trade's whole fee (`feePaid`).
 *
 * Source: `OrderBook.replaySwap`. Fees are taken on the quote amount: on what a seller gets, on top of what a buyer pays.
 */
export function poolTraded(
  ranges: PoolRanges,
  funding: FundingGrowth,
  { from, to }: { readonly from: PoolPlace; readonly to: PoolPlace },
): PoolRanges {
  const isDown = to.sqrtPriceX96 < from.sqrtPriceX96 || to.tick < from.tick;
  const isStill = to.sqrtPriceX96 === from.sqrtPriceX96 && to.tick === from.tick;
  const spacing = ranges.tickSpacing;
  if (spacing === 0) return { ...ranges, tick: to.tick, areFeesKnown: false };
  let { liquidity, feeX128, ticks } = ranges;
  let { sqrtPriceX96, tick } = from;
  let [paidWad, last] = [0n, liquidity];
  while (!isStill) {
    const next = Math.min(Math.max(nextTickInWord(ticks, { tick, spacing, isDown }), MIN_TICK), MAX_TICK);
    const nextX96 = sqrtPriceX96AtTick(next);
    last = liquidity;
    if (isDown ? nextX96 < to.sqrtPriceX96 : nextX96 > to.sqrtPriceX96) break;
    const stepWad = wholeStepFee(ranges, { from: sqrtPriceX96, to: nextX96, liquidity, isDown });
    paidWad += stepWad;
    feeX128 += makersGrowth(ranges, stepWad, liquidity);
    const crossed = ticks.get(next);
    if (crossed) {
      ticks = new Map(ticks).set(next, { ...crossed, ...beyond({ ...funding, feeX128 }, crossed) });
      liquidity += isDown ? -crossed.net : crossed.net;
    }
    [tick, sqrtPriceX96] = [isDown ? next - 1 : next, nextX96];
    if (nextX96 === to.sqrtPriceX96) break;
  }
  return { ...ranges, tick: to.tick, liquidity, feeX128, ticks, openStep: { liquidity: last, paidWad } };
}

/** The whole fee of the trade that moved the pool last, quote, wad: the insurance fund's part included. */
export function feePaid(ranges: PoolRanges, feeWad: bigint): PoolRanges {
  const { openStep, feeX128 } = ranges;
  const restWad = openStep ? feeWad - openStep.paidWad : 0n;
  const areFeesKnown = ranges.areFeesKnown && openStep !== undefined && restWad >= 0n;
  if (!openStep || restWad <= 0n) return { ...ranges, areFeesKnown, openStep: undefined };
  const grown = feeX128 + makersGrowth(ranges, restWad, openStep.liquidity);
  return { ...ranges, areFeesKnown, openStep: undefined, feeX128: grown };
}

interface Step {
  readonly from: bigint;
  readonly to: bigint;
  readonly liquidity: bigint;
  readonly isDown: boolean;
}

function wholeStepFee({ exchangeFeeE6 }: PoolRanges, { from, to, liquidity, isDown }: Step): bigint {
  if (isDown) return mulDivUp(amount1Between(to, from, liquidity, false), exchangeFeeE6, ONE_E6);
  return mulDivUp(amount1Between(from, to, liquidity, true), exchangeFeeE6, ONE_E6 - exchangeFeeE6);
}

function makersGrowth({ fundFeeE6 }: PoolRanges, feeWad: bigint, liquidity: bigint): bigint {
  if (liquidity === 0n) return 0n;
  return ((feeWad - mulDivUp(feeWad, fundFeeE6, ONE_E6)) * Q128) / liquidity;
}

const beyond = (all: PoolGrowth, part: PoolGrowth): PoolGrowth => ({
  feeX128: all.feeX128 - part.feeX128,
  premiumX96: all.premiumX96 - part.premiumX96,
  premiumBySqrtX96: all.premiumBySqrtX96 - part.premiumBySqrtX96,
});

/** Growth within a range, and of the premium below it. */
export interface RangeGrowth {
  readonly inside: PoolGrowth;
  readonly premiumBelowX96: bigint;
}

/** What has grown in a range since the beginning. Source: `Tick.getFeeGrowthInsideX128`, `getAllFundingGrowth`. */
export function rangeGrowth(
  { tick, feeX128, ticks }: Pick<PoolRanges, 'tick' | 'feeX128' | 'ticks'>,
  funding: FundingGrowth,
  { lowerTick, upperTick }: { readonly lowerTick: number; readonly upperTick: number },
): RangeGrowth {
  const all = { ...funding, feeX128 };
  const [lower, upper] = [ticks.get(lowerTick) ?? NOTHING, ticks.get(upperTick) ?? NOTHING];
  const below = tick >= lowerTick ? lower : beyond(all, lower);
  const above = tick < upperTick ? upper : beyond(all, upper);
  return { inside: beyond(beyond(all, below), above), premiumBelowX96: below.premiumX96 };
}
