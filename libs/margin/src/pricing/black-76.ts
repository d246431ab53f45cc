import { assert } from '@undertow/units';
import { normalDensity, normalDistribution } from './normal-distribution.ts';
import { logMoneyness, normalisedBlack } from './normalised-black.ts';

/** A European option on a forward. Prices in any one currency; the engine's is USD. */
export interface Black76Input {
  readonly isCall: boolean;
  /** Forward price of the underlying at expiry; above 0. */
  readonly forwardUsd: number;
  /** At least 0: a call at strike 0 is the discounted forward. */
  readonly strikeUsd: number;
  /** Time to expiry in years of 365 days; at least 0. */
  readonly years: number;
  /** Implied volatility per year, 1 = 100 %; at least 0. */
  readonly volatility: number;
  /** What one unit of cash at expiry is worth now; above 0, 1 when absent. */
  readonly discount?: number;
}

/** Seconds of the year that markets of options count with. */
export const SECONDS_PER_YEAR = 31_536_000;

/**
 * Price of an option by Black-76: `D·(F·N(d₁) − K·N(d₂))` for a call, `D·(K·N(−d₂) − F·N(−d₁))` for a put, with
 * `d₁ = ln(F ÷ K) ÷ s + s ÷ 2`, `d₂ = d₁ − s`, `s = σ√t`. Where `s` is 0 (expired, or without volatility) the
 * discounted intrinsic value. Computed as intrinsic value + what the same option out of the money is worth
 * (`normalisedBlack`), so that parity holds and prices of 1e-300 have all their digits. Source: F. Black, The pricing of
 * commodity contracts, J. Financial Economics 3 (1976), eq. 16.
 */
export function black76(input: Black76Input): number {
  checkOption(input);
  const { isCall, forwardUsd: forward, strikeUsd: strike, years, volatility, discount = 1 } = input;
  const intrinsic = Math.max(0, isCall ? forward - strike : strike - forward);
  const deviation = volatility * Math.sqrt(years);
  if (deviation === 0 || strike === 0) return discount * intrinsic;
  const x = -Math.abs(logMoneyness(forward, strike));
  return discount * (intrinsic + Math.sqrt(forward) * Math.sqrt(strike) * normalisedBlack(x, deviation));
}

/** Sensitivities of one option, in the units that each field says. */
export interface Greeks {
  /** Change of the price per unit of the price that it is written on. */
  readonly delta: number;
  /** Change of delta per unit of that price. */
  readonly gamma: number;
  /** Change of the price per 1 of volatility (100 percentage points): ÷ 100 for a percentage point. */
  readonly vega: number;
  /** Change of the price per year that passes, all else as it was: ÷ 365 for a day. Negative where time costs. */
  readonly theta: number;
  /** Change of the price per 1 of the interest rate (100 percentage points a year): ÷ 100 for a percentage point. */
  readonly rho: number;
}

/**
 * Greeks of an option on a forward that stays where it is when the rate or the time moves: `delta = ±D·N(±d₁)` per unit
 * of the forward, `gamma = D·n(d₁) ÷ (F·s)`, `vega = D·F·n(d₁)·√t`, `theta = −D·F·n(d₁)·σ ÷ 2√t + r·price`,
 * `rho = −t·price`, with `r = −ln(D) ÷ t`. Where `σ√t` is 0 the option is what it pays: delta is ±D or 0 (half at the
 * strike), gamma and vega are 0. Source: E. G. Haug, The complete guide to option pricing formulas (2007), ch. 2.
 */
export function black76Greeks(input: Black76Input): Greeks {
  const price = black76(input);
  const { isCall, forwardUsd: forward, strikeUsd: strike, years, volatility, discount = 1 } = input;
  const sign = isCall ? 1 : -1;
  const root = Math.sqrt(years);
  const deviation = volatility * root;
  const rate = years > 0 ? -Math.log(discount) / years : 0;
  if (deviation === 0 || strike === 0) {
    const share = (1 + Math.sign(sign * (forward - strike))) / 2;
    return {
      delta: sign * discount * share,
      gamma: 0,
      vega: 0,
      theta: rate * price,
      rho: -years * price,
    };
  }
  const d1 = logMoneyness(forward, strike) / deviation + deviation / 2;
  const density = discount * normalDensity(d1);
  return {
    delta: sign * discount * normalDistribution(sign * d1),
    gamma: density / (forward * deviation),
    vega: forward * density * root,
    theta: (-forward * density * volatility) / (2 * root) + rate * price,
    rho: -years * price,
  };
}

/** Fails on what no option can be: a forward that is not positive, or a number that is none or below 0. */
export function checkOption(option: Black76Input): void {
  const { forwardUsd, strikeUsd, years, volatility, discount = 1 } = option;
  // One sum tells whether all are finite, and no text is made unless something is wrong.
  const isFinite = forwardUsd + strikeUsd + years + volatility + discount < Infinity;
  const isPositive = forwardUsd > 0 && discount > 0 && strikeUsd >= 0 && years >= 0 && volatility >= 0;
  if (!(isFinite && isPositive)) refuse(option);
}

function refuse({ forwardUsd, strikeUsd, years, volatility, discount = 1 }: Black76Input): void {
  for (const [name, value] of Object.entries({ 'a forward': forwardUsd, 'a discount': discount }))
    assert(value > 0 && value < Infinity, `${name} must be a positive number, not ${value}`);
  for (const [name, value] of Object.entries({ 'a strike': strikeUsd, 'time to expiry': years, volatility }))
    assert(value >= 0 && value < Infinity, `${name} must be a number of at least 0, not ${value}`);
}
