import { BadDataError } from '@undertow/units';

/** What something gains or loses when factors move: parts that add up to the whole. */
export interface Portfolio {
  /** What its gains are functions of, such as `ETH`. */
  readonly factors: readonly string[];
  /** Names of the parts. */
  readonly parts: readonly string[];
  /** What each part gains, USD, when the factors have these log returns, in the order of `factors`; negative = it loses. */
  readonly gainsUsd: (logReturns: Float64Array) => Float64Array;
}

/**
 * A portfolio that holds each factor for some USD, or is short of it where that is negative: each gains its value times its simple
 * return, eʳ − 1.
 *
 * @throws BadDataError for no holding at all, and for a value that is no number.
 */
export function holdingsPortfolio(valueUsd: Readonly<Record<string, number>>): Portfolio {
  const factors = Object.keys(valueUsd);
  if (factors.length === 0)
    throw new BadDataError('the portfolio holds nothing: name what, and for how much');
  const values = Float64Array.from(factors, (factor) => valueUsd[factor]!);
  for (const [row, value] of values.entries())
    if (!Number.isFinite(value))
      throw new BadDataError(`the value of ${factors[row]} must be a number of USD, but is ${value}`);
  return {
    factors,
    parts: factors,
    gainsUsd: (logReturns) => values.map((value, row) => value * Math.expm1(logReturns[row]!)),
  };
}
