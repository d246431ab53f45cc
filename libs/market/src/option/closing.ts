import { maxBigint, minBigint } from '@undertow/units';
import { optionValues, optionVegaWad, type OptionValues } from './black-scholes.ts';
import { divWad, mulWad } from './decimal.ts';
import type { SeriesState } from './margin.ts';
import { isCallOption, type OptionType } from './position.ts';
import type { ClosingTerms, FeeTerms, LimitTerms, TimedFee, VarianceFeeTerms } from './terms.ts';

/** Volatilities of a series as its venue has them, wad. */
export interface SeriesVolatility {
  /** The board's, now and averaged over the period of the variance fee. */
  readonly baseWad: bigint;
  readonly varianceAverageWad: bigint;
  readonly skewWad: bigint;
  /** Averages over the periods of forced closes. */
  readonly closingBaseWad: bigint;
  readonly closingSkewWad: bigint;
}

export interface ClosingMarket {
  readonly closing: ClosingTerms;
  readonly fees: FeeTerms;
  readonly varianceFee: VarianceFeeTerms;
  readonly limits: LimitTerms;
}

/** A liquidation of some contracts of a series, of whatever type. */
export interface ClosingOf {
  readonly amountWad: bigint;
  readonly series: SeriesState;
  readonly volatility: SeriesVolatility;
  readonly market: ClosingMarket;
}

/** What the pricing model gives for a liquidation: the same for every type of option in the series. */
export interface ClosingModel {
  /** Values at the averaged and shocked volatility. */
  readonly values: OptionValues;
  /** Value per unit of volatility, at the present volatility after the trade itself has moved it. */
  readonly vegaWad: bigint;
}

/** The pool's net vega before and after a trade and what the pool is worth: what the vega fee depends on. */
export interface PoolVega {
  readonly beforeWad: bigint;
  readonly afterWad: bigint;
  readonly poolValueWad: bigint;
}

/** What the venue charges for closing a liquidated position, quote, wad. */
export interface ClosingCost {
  /** Per contract, before fees. */
  readonly priceWad: bigint;
  readonly premiumWad: bigint;
  readonly feeWad: bigint;
  /** Premium and fees. */
  readonly costWad: bigint;
}

/** Source: `OptionGreekCache.getPriceForForceClose`, `_updateStrikeExposureAndGetPrice`. */
export function closingModel(of: ClosingOf): ClosingModel {
  const { series, volatility } = of;
  return {
    values: optionValues({ ...series, volatilityWad: closingVolatilityWad(of) }),
    vegaWad: optionVegaWad({ ...series, volatilityWad: mulWad(volatility.baseWad, skewAfterWad(of)) }),
  };
}

/**
 * Cost of buying back a written option in a liquidation: its value in the model, at least intrinsic value and a share
 * of the underlying's price; and the fees of a trade. `vega`: absent = the trade brings the pool's vega nearer to zero,
 * which costs nothing. Source: `OptionGreekCache.getPriceForForceClose`, `OptionMarketPricer.getTradeResult`.
 */
export function closingCost(
  of: ClosingOf & { readonly type: OptionType; readonly vega?: PoolVega },
  model: ClosingModel = closingModel(of),
): ClosingCost {
  const { amountWad, series, market } = of;
  const { fees } = market;
  const { secondsToExpiry, spotWad } = series;
  const priceWad = closingPriceWad(of, model);
  const premiumWad = mulWad(priceWad, amountWad);
  const feeWad =
    mulWad(timedFeeWad(fees.ofPremium, secondsToExpiry), premiumWad) +
    mulWad(mulWad(timedFeeWad(fees.ofSpot, secondsToExpiry), spotWad), amountWad) +
    vegaFeeWad(of) +
    varianceFeeWad(of, model);
  return { priceWad, premiumWad, feeWad, costWad: premiumWad + feeWad };
}

function closingPriceWad(
  { type, series, market }: ClosingOf & { readonly type: OptionType },
  { values }: ClosingModel,
): bigint {
  const { spotWad, strikePriceWad } = series;
  const isCall = isCallOption(type);
  const intrinsic = maxBigint(isCall ? spotWad - strikePriceWad : strikePriceWad - spotWad, 0n);
  const least = intrinsic + mulWad(spotWad, market.closing.leastOfSpotWad);
  return maxBigint(isCall ? values.callWad : values.putWad, least);
}

function closingVolatilityWad({ series, volatility, market: { closing, limits } }: ClosingOf): bigint {
  const isLate = limits.cutoff > series.secondsToExpiry;
  const shock = isLate ? closing.lateVolatilityShockWad : closing.volatilityShockWad;
  return mulWad(mulWad(volatility.closingBaseWad, volatility.closingSkewWad), shock);
}

/** `OptionMarketPricer.getTimeWeightedFee`. */
function timedFeeWad({ coefficientWad, pointA, pointB }: TimedFee, secondsToExpiry: bigint): bigint {
  if (secondsToExpiry <= pointA) return coefficientWad;
  return mulWad(coefficientWad, WAD + ((secondsToExpiry - pointA) * WAD) / (pointB - pointA));
}

/** `OptionMarketPricer.getVegaUtilFee`. */
function vegaFeeWad(of: ClosingOf & { readonly vega?: PoolVega }): bigint {
  const { vega, amountWad, market } = of;
  if (!vega || abs(vega.beforeWad) >= abs(vega.afterWad)) return 0n;
  const used = divWad(mulWad(closingVolatilityWad(of), abs(vega.afterWad)), vega.poolValueWad);
  return mulWad(mulWad(market.fees.vegaCoefficientWad, used), amountWad);
}

/** `OptionMarketPricer.getVarianceFee`, with the skew that the trade itself moves. */
function varianceFeeWad(of: ClosingOf, { vegaWad }: ClosingModel): bigint {
  const { amountWad, volatility, market } = of;
  const { varianceFee: terms } = market;
  const variance = abs(volatility.varianceAverageWad - volatility.baseWad);
  const skewOff = abs(skewAfterWad(of) - terms.referenceSkewWad);
  const parts = [
    terms.leastVegaWad + mulWad(vegaWad, terms.vegaCoefficientWad),
    terms.leastSkewWad + mulWad(skewOff, terms.skewCoefficientWad),
    terms.leastVarianceWad + mulWad(variance, terms.varianceCoefficientWad),
    amountWad,
  ];
  return parts.reduce(mulWad, terms.coefficientWad);
}

/** The skew of a series after some contracts of it were bought back; `OptionMarketPricer.ivImpactForTrade`. */
export function skewAfterWad({ amountWad, volatility, market: { fees, limits } }: ClosingOf): bigint {
  const moved = mulWad(divWad(amountWad, fees.standardSizeWad) / 100n, fees.skewAdjustmentWad);
  const skewWad = volatility.skewWad + moved;
  return limits.capsSkew ? maxBigint(minBigint(skewWad, limits.mostSkewWad), limits.leastSkewWad) : skewWad;
}

const WAD = 10n ** 18n;
const abs = (x: bigint): bigint => (x < 0n ? -x : x);
