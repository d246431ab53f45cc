import { KEPT_SECONDS, type PerpetualGrowth, type PriceFrom } from './growth.ts';
import { poolSqrtPriceX96 } from './pool-average.ts';
import { priceX96, wadOfX96 } from './premium.ts';

/** The newest answer of the feed behind an index, as the feed itself says. */
export interface IndexAnswer {
  readonly answer: bigint;
  readonly updatedAt: number;
  /** Decimals of the answer, 18 at most. */
  readonly decimals: number;
}

export interface MarkWindows {
  readonly markWindowSeconds: number;
  readonly premiumWindowSeconds: number;
}

/** The pool's price in the mark price is an average over so many seconds. Source: `AccountBalance._getMarkPrice`. */
const MARKET_WINDOW_SECONDS = 15;

/**
 * Mark price of a perpetual at a time, wad: the median of the pool's price over 15 seconds, over the mark window, and of
 * the index plus the premium over the premium window. Undefined where the contract would revert.
 *
 * Source: `AccountBalance._getMarkPrice`.
 */
export function markPriceWad(
  growth: PerpetualGrowth,
  index: IndexAnswer,
  { time, markWindowSeconds, premiumWindowSeconds }: MarkWindows & { readonly time: number },
): bigint | undefined {
  const pool = (seconds: number) => {
    const sqrtPriceX96 = poolSqrtPriceX96(growth, { time, seconds });
    return sqrtPriceX96 === undefined ? undefined : wadOfX96(priceX96(sqrtPriceX96));
  };
  const now = pool(MARKET_WINDOW_SECONDS);
  const average = pool(markWindowSeconds);
  const premiumOf = pool(premiumWindowSeconds);
  const indexNow = indexPriceWad(growth, index, { time, seconds: 0 });
  const indexThen = indexPriceWad(growth, index, { time, seconds: premiumWindowSeconds });
  if (now === undefined || average === undefined || premiumOf === undefined) return undefined;
  if (indexNow === undefined || indexThen === undefined) return undefined;
  const withPremium = indexNow + premiumOf - indexThen;
  return withPremium < 0n ? undefined : medianOfThree(now, average, withPremium);
}

/**
 * The index at a time, wad: its newest answer (0 seconds) or its average over the seconds before. The average knows the
 * rounds that the price feed has kept, and the newest; without a kept round old enough it is the newest answer.
 * Undefined where the contract would revert.
 *
 * Source: `ChainlinkPriceFeedV3.getPrice`, `CachedTwap._getTwap`, `CumulativeTwap._calculateTwap`.
 */
export function indexPriceWad(
  { prices, kept }: Pick<PerpetualGrowth, 'prices' | 'kept'>,
  index: IndexAnswer,
  { time, seconds }: { readonly time: number; readonly seconds: number },
): bigint | undefined {
  const latest = validRound(kept, index, time);
  if (latest.price <= 0n) return undefined;
  const price = averagePrice(prices, latest, { time, seconds });
  return price === undefined ? undefined : price * 10n ** BigInt(18 - index.decimals);
}

/** Source: `ChainlinkPriceFeedV3._getLatestOrCachedPrice`, `_getFreezedReason`. */
function validRound(kept: PriceFrom, { answer, updatedAt }: IndexAnswer, time: number): PriceFrom {
  if (kept.time > 0 && kept.time === updatedAt) return kept;
  const isFrozen = updatedAt === 0 || updatedAt < kept.time || updatedAt > time || answer <= 0n;
  return isFrozen ? kept : { time: updatedAt, price: answer };
}

function averagePrice(
  prices: readonly PriceFrom[],
  latest: PriceFrom,
  { time, seconds }: { readonly time: number; readonly seconds: number },
): bigint | undefined {
  const last = prices.at(-1);
  if (seconds === 0 || last === undefined) return latest.price;
  // `CT_IPWCT`: one time cannot have two prices.
  if (last.time === latest.time && last.price !== latest.price) return undefined;
  if (latest.time < last.time) return undefined;
  if (seconds > KEPT_SECONDS) return undefined;
  const from = time - seconds;
  if (prices[0]!.time > from) return latest.price;
  const sinceLast = last.price * BigInt(latest.time - last.time) + latest.price * BigInt(time - latest.time);
  const sum = sinceLast + sumUntil(prices, last.time) - sumUntil(prices, from);
  // The contract subtracts unsigned numbers: a fall that the feed has not kept in time underflows.
  if (sum < 0n) return undefined;
  const average = sum / BigInt(seconds);
  return average === 0n ? latest.price : average;
}

/** Σ price × seconds of a history until a time, from its beginning. */
function sumUntil(prices: readonly PriceFrom[], until: number): bigint {
  let sum = 0n;
  for (const [i, { time, price }] of prices.entries()) {
    if (time >= until) break;
    sum += price * BigInt(Math.min(until, prices[i + 1]?.time ?? until) - time);
  }
  return sum;
}

/** `PerpMath.findMedianOfThree`. */
function medianOfThree(a: bigint, b: bigint, c: bigint): bigint {
  return [a, b, c].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0))[1]!;
}
