import { fundingWindow, type PerpetualGrowth } from './growth.ts';
import { indexPriceWad, type IndexAnswer } from './mark-price.ts';
import { poolSqrtPriceX96 } from './pool-average.ts';
import type { FundingGrowth } from './range-growth.ts';
import { accruedFunding, cappedPremiumX96, priceX96, x96OfWad } from './premium.ts';

const Q96 = 1n << 96n;
/** A premium is paid once per day. Source: `Funding._DEFAULT_FUNDING_PERIOD`. */
const FUNDING_PERIOD_SECONDS = 86_400n;

/**
 * What funding has grown by at a time: what was settled and what has accrued since. Undefined when the facts do not
 * give an average, or the contract would revert. Source: `Exchange._getFundingGrowthGlobalAndTwaps`.
 */
export function fundingAt(
  growth: PerpetualGrowth,
  index: IndexAnswer,
  time: number,
): FundingGrowth | undefined {
  if (!growth.isKnown) return undefined;
  const seconds = fundingWindow(growth, time);
  const sqrtPriceX96 = poolSqrtPriceX96(growth, { time, seconds });
  const indexWad = indexPriceWad(growth, index, { time, seconds });
  if (sqrtPriceX96 === undefined || indexWad === undefined) return undefined;
  const premium = cappedPremiumX96(priceX96(sqrtPriceX96), x96OfWad(indexWad), growth.maxFundingRateE6);
  return accruedFunding(growth, premium, time);
}

/**
 * Funding that a position owes (positive) or gets, wad of quote, rounded towards zero twice. `baseWad`: the taker's
 * size less what its orders owe; `ordersWad`: see `orderFundingWad`, 0 without orders.
 * Source: `Funding.calcPendingFundingPaymentWithLiquidityCoefficient`.
 */
export function fundingPaymentWad(
  baseWad: bigint,
  { premiumNowX96, premiumX96 }: { readonly premiumNowX96: bigint; readonly premiumX96: bigint },
  ordersWad = 0n,
): bigint {
  return (ordersWad + (baseWad * (premiumNowX96 - premiumX96)) / Q96) / FUNDING_PERIOD_SECONDS;
}
