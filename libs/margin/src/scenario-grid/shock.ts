import { assert } from '@undertow/units';
import { SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import { logMoneyness } from '../pricing/normalised-black.ts';
import type {
  GridScenario,
  SkewShockTerms,
  StaticDiscount,
  VolatilityMove,
  VolatilityShockTerms,
} from './grid-terms.ts';
import type { GridExpiry } from './grid-portfolio.ts';

const PIVOT_SECONDS = 30 * 86_400;

/** Factors by which volatilities of an expiry move up and down: see `VolatilityShockTerms`. */
export function volatilityFactors(
  secondsToExpiry: number,
  terms: VolatilityShockTerms,
): { readonly up: number; readonly down: number } {
  const power = secondsToExpiry <= PIVOT_SECONDS ? terms.shortPower : terms.longPower;
  const growth = (PIVOT_SECONDS / Math.max(secondsToExpiry, terms.floorSeconds)) ** power;
  return { up: 1 + terms.up * growth, down: Math.max(0, 1 - terms.down * growth) };
}

/**
 * Factor on the volatility of a strike when the skew moves: `1 + cap·k ÷ width`, the change not beyond ±cap and the
 * factor not below 0, where `k = ln(strike ÷ forward)` (its size for `wings`), `cap` is that of `SkewCap`, and
 * `width = widthFactor·√t·(volatility + volatilityPerRootYear·√t)`, at least `leastWidth`.
 */
export function skewFactor(
  move: 'tilt' | 'wings',
  { strikeUsd, forwardUsd, years }: { strikeUsd: number; forwardUsd: number; years: number },
  terms: SkewShockTerms,
): number {
  const root = Math.sqrt(years);
  const cap = terms[move].cap + terms[move].capPerRootYear * root;
  const width = terms.widthFactor * root * (terms.volatility + terms.volatilityPerRootYear * root);
  const distance = logMoneyness(strikeUsd, forwardUsd);
  const k = move === 'tilt' ? distance : Math.abs(distance);
  const change = (k * cap) / Math.max(terms.leastWidth, width);
  return Math.max(0, 1 + (k >= 0 ? Math.min(cap, change) : Math.max(-cap, change)));
}

/** The volatility of one option after a move of an expiry. */
export type ShockedVolatility = (volatility: number, strikeUsd: number) => number;

/** How volatilities of an expiry move in a scenario. */
export function volatilityShock(
  expiry: GridExpiry,
  move: VolatilityMove,
  terms: { readonly volatility: VolatilityShockTerms; readonly skew?: SkewShockTerms },
): ShockedVolatility {
  if (move === 'none') return (volatility) => volatility;
  if (move === 'up' || move === 'down') {
    const factor = volatilityFactors(expiry.secondsToExpiry, terms.volatility)[move];
    const least = move === 'up' ? terms.volatility.leastUp : 0;
    return (volatility) => Math.max(least, volatility * factor);
  }
  const { skew } = terms;
  assert(skew, `a scenario moves volatilities by strike (${move}) and the terms do not say how: add "skew"`);
  const forwardUsd = expiry.forward.moving + expiry.forward.fixed;
  const years = expiry.secondsToExpiry / SECONDS_PER_YEAR;
  return (volatility, strikeUsd) => volatility * skewFactor(move, { strikeUsd, forwardUsd, years }, skew);
}

/** Whether a scenario turns the skew: then each expiry loses, whichever way it is turned. */
export const movesSkew = ({ volatility }: GridScenario): boolean =>
  volatility === 'tilt' || volatility === 'wings';

/** `base·e^(−t·(r·rateFactor + rateAddition))`, of a rate that is not below 0. */
export function staticDiscount(
  expiry: GridExpiry,
  { base, rateFactor, rateAddition }: StaticDiscount,
): number {
  const rate = interest(expiry) * rateFactor + rateAddition;
  return base * Math.exp((-expiry.secondsToExpiry / SECONDS_PER_YEAR) * rate);
}

/** What one unit of cash at the expiry is worth now. */
export const interestDiscount = (expiry: GridExpiry): number =>
  Math.exp((-interest(expiry) * expiry.secondsToExpiry) / SECONDS_PER_YEAR);

const interest = ({ rate }: GridExpiry): number => Math.max(0, rate.value);
