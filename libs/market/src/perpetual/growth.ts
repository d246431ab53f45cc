import { accruedFunding, cappedPremiumX96, priceX96, wadOfX96, x96OfWad } from './premium.ts';
import { poolSqrtPriceX96, type TickFrom } from './pool-average.ts';
import {
  emptyPoolRanges,
  feePaid,
  poolTraded,
  rangeChanged,
  type FundingGrowth,
  type PoolRanges,
} from './range-growth.ts';

/** A price that a price feed has kept, from a time on; decimals of the feed. */
export interface PriceFrom {
  readonly time: number;
  readonly price: bigint;
}

/**
 * What funding and the mark price of a perpetual follow from: the premium that has accrued, where the pool stood, which
 * prices its feed has kept. A collateral's market has only the last. Histories reach back `KEPT_SECONDS`.
 */
export interface PerpetualGrowth {
  readonly form: 'perpetual';
  /** Σ premium × seconds per base unit, × 2⁹⁶ (`Exchange._globalFundingGrowthX96Map.twPremiumX96`). */
  readonly premiumX96: bigint;
  /** Σ premium × seconds ÷ the pool's root price, × 2⁹⁶ (`twPremiumDivBySqrtPriceX96`). */
  readonly premiumBySqrtX96: bigint;
  /** Time up to which it has accrued; 0 = never settled. */
  readonly settledAt: number;
  /** Time of the first trade; 0 = none yet. Averages are not taken over more than the time since. */
  readonly tradedAt: number;
  readonly fundingWindowSeconds: number;
  readonly maxFundingRateE6: bigint;
  /** 0 before the pool is initialised. */
  readonly sqrtPriceX96: bigint;
  readonly ticks: readonly TickFrom[];
  readonly prices: readonly PriceFrom[];
  /** The newest round that the price feed has kept (`ChainlinkPriceFeedV3._lastValidPrice`); time 0 = none. */
  readonly kept: PriceFrom;
  /** False once funding was settled by an average that the facts do not give, and after a snapshot: facts are missing. */
  readonly isKnown: boolean;
  /** What makers' orders earn and owe hangs on it. */
  readonly ranges: PoolRanges;
}

/** What one event says of it. */
export type PerpetualGrowthChange = { readonly form: 'perpetual' } & (
  | {
      readonly event: 'pool';
      readonly sqrtPriceX96: bigint;
      readonly tick: number;
      /** False for the pool's initialisation. */
      readonly isTrade: boolean;
    }
  | { readonly event: 'round'; readonly price: bigint; readonly updatedAt: number }
  /** Funding was settled: both averages, wad. */
  | { readonly event: 'funding'; readonly marketAverageWad: bigint; readonly indexAverageWad: bigint }
  /** A maker's order changed the pool's liquidity over a range. */
  | {
      readonly event: 'range';
      readonly lowerTick: number;
      readonly upperTick: number;
      readonly liquidityDelta: bigint;
    }
  /** State was read by calls, which do not say what had grown before: no later event makes it known. */
  | { readonly event: 'unknown' }
  /** What the trade that moved the pool last paid in all, quote, wad. */
  | { readonly event: 'fee'; readonly feeWad: bigint }
  | {
      readonly event: 'terms';
      readonly fundingWindowSeconds?: number;
      readonly maxFundingRateE6?: bigint;
      readonly tickSpacing?: number;
      readonly exchangeFeeE6?: bigint;
      readonly fundFeeE6?: bigint;
    }
);

export const emptyPerpetualGrowth: PerpetualGrowth = {
  form: 'perpetual',
  premiumX96: 0n,
  premiumBySqrtX96: 0n,
  settledAt: 0,
  tradedAt: 0,
  fundingWindowSeconds: 900,
  maxFundingRateE6: 100_000n,
  sqrtPriceX96: 0n,
  ticks: [],
  prices: [],
  kept: { time: 0, price: 0n },
  isKnown: true,
  ranges: emptyPoolRanges,
};

/** Longest window that any average is taken over here; more is not kept. */
export const KEPT_SECONDS = 3_600;

/** The growth after an event at a time (unix seconds). */
export function foldPerpetualGrowth(
  before: PerpetualGrowth | undefined,
  change: PerpetualGrowthChange,
  time: number,
): PerpetualGrowth {
  const state = before ?? emptyPerpetualGrowth;
  switch (change.event) {
    case 'pool':
      return moved(state, change, time);
    case 'round': {
      const kept = { time: change.updatedAt, price: change.price };
      const isNew = state.prices.at(-1)?.price !== change.price;
      return { ...state, kept, prices: isNew ? later(state.prices, kept, time) : state.prices };
    }
    case 'funding':
      return settled(state, change, time);
    case 'range':
      return { ...state, ranges: rangeChanged(state.ranges, fundingOf(state), change) };
    case 'fee':
      return { ...state, ranges: feePaid(state.ranges, change.feeWad) };
    case 'unknown':
      return { ...state, isKnown: false, ranges: { ...state.ranges, areFeesKnown: false } };
    case 'terms':
      return withTerms(state, change);
  }
}

/** What funding has grown by when it was last settled. */
export const fundingOf = ({ premiumX96, premiumBySqrtX96 }: FundingGrowth): FundingGrowth => ({
  premiumX96,
  premiumBySqrtX96,
});

type ChangeOf<Event> = Extract<PerpetualGrowthChange, { readonly event: Event }>;

function moved(state: PerpetualGrowth, change: ChangeOf<'pool'>, time: number): PerpetualGrowth {
  const { sqrtPriceX96, tick, isTrade } = change;
  const tradedAt = state.tradedAt === 0 && isTrade ? time : state.tradedAt;
  const from = { sqrtPriceX96: state.sqrtPriceX96, tick: state.ranges.tick };
  const ranges = isTrade
    ? poolTraded(state.ranges, fundingOf(state), { from, to: { sqrtPriceX96, tick } })
    : { ...state.ranges, tick };
  return { ...state, sqrtPriceX96, tradedAt, ranges, ticks: later(state.ticks, { time, tick }, time) };
}

function withTerms(state: PerpetualGrowth, change: ChangeOf<'terms'>): PerpetualGrowth {
  const { fundingWindowSeconds = state.fundingWindowSeconds, maxFundingRateE6 = state.maxFundingRateE6 } =
    change;
  const {
    tickSpacing = state.ranges.tickSpacing,
    exchangeFeeE6 = state.ranges.exchangeFeeE6,
    fundFeeE6 = state.ranges.fundFeeE6,
  } = change;
  const ranges = { ...state.ranges, tickSpacing, exchangeFeeE6, fundFeeE6 };
  return { ...state, fundingWindowSeconds, maxFundingRateE6, ranges };
}

/**
 * The event gives the pool's average rounded to a wad; the contract goes on with all digits, which the pool's history
 * gives. Source: `Exchange._getFundingGrowthGlobalAndTwaps`, `settleFunding`.
 */
function settled(
  state: PerpetualGrowth,
  said: { readonly marketAverageWad: bigint; readonly indexAverageWad: bigint },
  time: number,
): PerpetualGrowth {
  const sqrtPriceX96 = poolSqrtPriceX96(state, { time, seconds: fundingWindow(state, time) });
  const marketX96 = sqrtPriceX96 === undefined ? undefined : priceX96(sqrtPriceX96);
  if (marketX96 === undefined || wadOfX96(marketX96) !== said.marketAverageWad) {
    return { ...state, settledAt: time, isKnown: false };
  }
  const premium = cappedPremiumX96(marketX96, x96OfWad(said.indexAverageWad), state.maxFundingRateE6);
  return { ...state, ...accruedFunding(state, premium, time), settledAt: time };
}

/** Window of the averages that funding compares: not longer than since the first trade. */
export function fundingWindow(
  { tradedAt, fundingWindowSeconds }: Pick<PerpetualGrowth, 'tradedAt' | 'fundingWindowSeconds'>,
  time: number,
): number {
  return tradedAt === 0 ? 0 : Math.min(fundingWindowSeconds, time - tradedAt);
}

/** A history with one more entry, which replaces one of the same time, without what is too old to matter. */
function later<Entry extends { readonly time: number }>(
  history: readonly Entry[],
  entry: Entry,
  now: number,
): readonly Entry[] {
  const before = history.at(-1)?.time === entry.time ? history.slice(0, -1) : history;
  // The newest entry that is older than the window says what held when the window began.
  const first = before.findLastIndex(({ time }) => time <= now - KEPT_SECONDS);
  return [...(first > 0 ? before.slice(first) : before), entry];
}
