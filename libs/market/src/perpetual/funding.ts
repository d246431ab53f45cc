import { fundingWindow, type PerpetualGrowth } from './growth.ts';
import { indexPriceWad, type IndexAnswer } from './mark-price.ts';
import { poolSqrtPriceX96 } from './pool-average.ts';
import { accruedPremiumX96, cappedPremiumX96, priceX96, x96OfWad } from './premium.ts';

const Q96 = 1n << 96n;
/** A premium is paid once per day. Source: `Funding._DEFAULT_FUNDING_PERIOD`. */
const FUNDING_PERIOD_SECONDS = 86_400n;

/**
 * Σ premium × seconds at a time, × 2⁹⁶: what was settled and what has accrued since. Undefined when the facts do not
 * give an average, or the contract would revert. Source: `Exchange._getFundingGrowthGlobalAndTwaps`.
 */
export function premiumAtX96(growth: PerpetualGrowth, index: IndexAnswer, time: number): bigint | undefined {
  if (!growth.isKnown) return undefined;
  const seconds = fundingWindow(growth, time);
  const sqrtPriceX96 = poolSqrtPriceX96(growth, { time, seconds });
  const indexWad = indexPriceWad(growth, index, { time, seconds });
  if (sqrtPriceX96 === undefined || indexWad === undefined) return undefined;
  const premium = cappedPremiumX96(priceX96(sqrtPriceX96), x96OfWad(indexWad), growth.maxFundingRateE6);
  return accruedPremiumX96(growth, premium, time);
}

/**
 * Funding that a taker's position owes (positive) or gets, wad of quote, rounded towards zero twice.
 * Source: `Funding.calcPendingFundingPaymentWithLiquidityCoefficient` without orders.
 */
export function fundingPaymentWad(sizeWad: bigint, premiumNowX96: bigint, premiumThenX96: bigint): bigint {
  return (sizeWad * (premiumNowX96 - premiumThenX96)) / Q96 / FUNDING_PERIOD_SECONDS;
}
