import { minBigint, maxBigint } from '@undertow/units';
import { optionValues } from './black-scholes.ts';
import { divWad, mulWad } from './decimal.ts';
import { isShortOption, type OptionType } from './position.ts';
import type { MarginTerms } from './terms.ts';

/** A series at one time and price. */
export interface SeriesState {
  readonly strikePriceWad: bigint;
  readonly secondsToExpiry: bigint;
  /** Price of the underlying, wad. */
  readonly spotWad: bigint;
  readonly rateWad: bigint;
}

/** A short position for which something must be put up. */
export interface MarginPosition {
  readonly type: OptionType;
  readonly amountWad: bigint;
}

/**
 * Least collateral of a short position, raw units of what backs it (18 decimals): the option's value at a shocked price
 * and a shocked volatility, at least a fixed amount, at most what covers any outcome. In base the value is divided by
 * the shocked price. Nothing for a position without contracts. Implied volatility plays no part.
 * Source: `OptionGreekCache.getMinCollateral`.
 */
export function leastCollateral(
  { type, amountWad }: MarginPosition,
  series: SeriesState,
  terms: MarginTerms,
): bigint {
  if (amountWad === 0n) return 0n;
  const isPut = type === 'short-put-quote';
  const shockedWad = mulWad(series.spotWad, isPut ? terms.putSpotShockWad : terms.callSpotShockWad);
  const { callWad, putWad } = optionValues({
    ...series,
    spotWad: shockedWad,
    volatilityWad: shockVolatilityWad(series.secondsToExpiry, terms),
  });
  if (type === 'short-call-base') {
    const value = divWad(mulWad(callWad, amountWad), shockedWad);
    return minBigint(maxBigint(value, terms.leastBaseWad), amountWad);
  }
  const value = maxBigint(mulWad(isPut ? putWad : callWad, amountWad), terms.leastQuoteWad);
  return isPut ? minBigint(value, mulWad(amountWad, series.strikePriceWad)) : value;
}

/** Volatility that collateral must survive, wad. Source: `OptionGreekCache.getShockVol`. */
export function shockVolatilityWad(secondsToExpiry: bigint, terms: MarginTerms): bigint {
  const { shockVolatilityAWad: high, shockVolatilityBWad: low, pointA, pointB } = terms;
  if (secondsToExpiry <= pointA) return high;
  if (secondsToExpiry >= pointB) return low;
  return high - ((high - low) * (secondsToExpiry - pointA)) / (pointB - pointA);
}

/** Whether a position may be liquidated: written, and backed by less than it must. `OptionToken.canLiquidate`. */
export function isOptionLiquidatable(
  position: MarginPosition & { readonly collateral: bigint },
  series: SeriesState,
  terms: MarginTerms,
): boolean {
  return isShortOption(position.type) && position.collateral < leastCollateral(position, series, terms);
}
