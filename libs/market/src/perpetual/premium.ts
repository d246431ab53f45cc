import type { FundingGrowth } from './range-growth.ts';

const Q96 = 1n << 96n;
const WAD = 10n ** 18n;

/** `PerpMath.formatSqrtPriceX96ToPriceX96`, down. */
export const priceX96 = (sqrtPriceX96: bigint) => (sqrtPriceX96 * sqrtPriceX96) / Q96;

/** `PerpMath.formatX96ToX10_18`, down. */
export const wadOfX96 = (valueX96: bigint) => (valueX96 * WAD) / Q96;

/** `PerpMath.formatX10_18ToX96`, down. */
export const x96OfWad = (valueWad: bigint) => (valueWad * Q96) / WAD;

/** Pool average − index average, at most a share of the index either way. Source: `Exchange._getDeltaTwapX96`. */
export function cappedPremiumX96(marketX96: bigint, indexX96: bigint, maxRateE6: bigint): bigint {
  const most = (indexX96 * maxRateE6) / 1_000_000n;
  const premium = marketX96 - indexX96;
  return premium > most ? most : premium < -most ? -most : premium;
}

/**
 * Accrued premium × seconds at a time, and the same ÷ the pool's present root price, rounded towards zero; the first
 * settlement only starts the clock. Source: `Exchange._getFundingGrowthGlobalAndTwaps`.
 */
export function accruedFunding(
  { premiumX96, premiumBySqrtX96, settledAt, sqrtPriceX96 }: AccruedUntil,
  premiumNowX96: bigint,
  time: number,
): FundingGrowth {
  if (settledAt === 0) return { premiumX96, premiumBySqrtX96 };
  const delta = premiumNowX96 * BigInt(time - settledAt);
  return {
    premiumX96: premiumX96 + delta,
    premiumBySqrtX96: premiumBySqrtX96 + (delta * Q96) / sqrtPriceX96,
  };
}

interface AccruedUntil extends FundingGrowth {
  readonly settledAt: number;
  readonly sqrtPriceX96: bigint;
}
