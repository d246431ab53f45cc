import { checkOption, type Black76Input } from './black-76.ts';
import {
  complementOfNormalised,
  inflection,
  logMoneyness,
  logOfNormalised,
  normalisedBlack,
} from './normalised-black.ts';
import { assert } from '@undertow/units';

/** An option on a forward with its price, whose volatility is asked for. */
export interface PricedOption extends Omit<Black76Input, 'volatility'> {
  readonly priceUsd: number;
}

/** The volatility per year at which Black-76 gives the price (1 = 100 %), or why there is none. */
export type ImpliedVolatility = { readonly volatility: number } | { readonly reason: string };

/**
 * Volatility that a price implies, to the last digits that the price determines: deep in and out of the money, seconds
 * before expiry, and for premiums of 1e-300. The option is turned into one out of the money by parity and made
 * dimensionless (`normalisedBlack`); below the inflection 1 ÷ ln(price) is nearly linear in volatility, above it
 * ln(most − price) is, and Halley's steps on those, kept within a bracket, end after about five.
 *
 * No volatility, and the reason in words: the option is expired or its strike 0; the price is not above what the option
 * is worth without volatility (or so close to it that rounding decides), or not below what it can be worth at most: the
 * discounted forward of a call, the discounted strike of a put. Source: P. Jäckel, Let's be rational (2015), sections 2
 * to 4, whose objective functions these are.
 */
export function impliedVolatility(option: PricedOption): ImpliedVolatility {
  checkOption({ ...option, volatility: 0 });
  const { isCall, forwardUsd: forward, strikeUsd: strike, years, discount = 1, priceUsd } = option;
  assert(!Number.isNaN(priceUsd), 'the price of an option must be a number');
  if (years === 0) return { reason: 'the option is expired' };
  if (strike === 0) return { reason: 'an option with strike 0 is worth the forward whatever the volatility' };
  const intrinsic = discount * Math.max(0, (isCall ? 1 : -1) * (forward - strike));
  const most = discount * (isCall ? forward : strike);
  if (priceUsd >= most)
    return {
      reason: `the price ${priceUsd} is not below ${most}, the most that such an option can be worth`,
    };
  if (priceUsd - intrinsic <= 4 * Number.EPSILON * intrinsic)
    return { reason: `the price ${priceUsd} is not above ${intrinsic}, its value without volatility` };
  const scale = discount * Math.sqrt(forward) * Math.sqrt(strike);
  const deviation = deviationOf(-Math.abs(logMoneyness(forward, strike)), (priceUsd - intrinsic) / scale);
  return { volatility: deviation / Math.sqrt(years) };
}

/** Steps after which the bracket alone has found the last digit. */
const MOST_STEPS = 1_200;

/** The deviation `s = σ√t` at which the normalised price of moneyness `x` ≤ 0 is `price`. */
function deviationOf(x: number, price: number): number {
  const middle = inflection(x);
  const isLow = x < 0 && price < normalisedBlack(x, middle);
  const objective = isLow ? lowObjective(x, price) : highObjective(x, price);
  let low = isLow ? 0 : middle;
  let high = isLow ? middle : Infinity;
  let s = isLow ? Math.min(middle, -x / Math.sqrt(-2 * Math.log(price))) : firstAbove(x, middle, price);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { error, slope, bend } = objective(s);
    if (error === 0) return s;
    if (error < 0) low = Math.max(low, s);
    else high = Math.min(high, s);
    const next = s - (2 * error * slope) / (2 * slope * slope - error * bend);
    const inside = next > low && next < high ? next : high === Infinity ? 2 * s + 1 : (low + high) / 2;
    if (Math.abs(inside - s) <= Number.EPSILON * s || inside === low || inside === high) return inside;
    s = inside;
  }
  return s;
}

/** A Newton step from the inflection, which falls short of the root above it. */
function firstAbove(x: number, middle: number, price: number): number {
  const start = normalisedBlack(x, middle);
  return middle + (price - start) / logOfNormalised(x, middle).density;
}

/** Value below 0 where the deviation is too small, with its first and second derivative. */
type Objective = (s: number) => { readonly error: number; readonly slope: number; readonly bend: number };

/** −1 ÷ ln(b(s)) + 1 ÷ ln(price), for prices below the inflection. */
function lowObjective(x: number, price: number): Objective {
  const target = 1 / Math.log(price);
  return (s) => {
    const { log, ratio } = logOfNormalised(x, s);
    const second = ratio * (bendRatio(x, s) - ratio);
    const square = log * log;
    const error = target - 1 / log;
    return { error, slope: ratio / square, bend: second / square - (2 * ratio * ratio) / (square * log) };
  };
}

/** ln(most − price) − ln(most − b(s)), for prices above the inflection. */
function highObjective(x: number, price: number): Objective {
  const most = Math.exp(x / 2);
  const target = Math.log1p(-price / most);
  return (s) => {
    const rest = complementOfNormalised(x, s);
    const { density } = logOfNormalised(x, s);
    const log = rest < most / 2 ? Math.log(rest / most) : Math.log1p(-normalisedBlack(x, s) / most);
    const slope = density / rest;
    return { error: target - log, slope, bend: slope * (bendRatio(x, s) + slope) };
  };
}

/** b″ ÷ b′ of the normalised price by deviation. */
const bendRatio = (x: number, s: number): number => (x * x) / (s * s * s) - s / 4;
