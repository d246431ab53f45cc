import { black76, SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import { impliedVolatility } from '../pricing/implied-volatility.ts';
import { pricePerForward, volatilityBetween } from './smile.ts';
import type { Surface, SurfaceExpiry } from './surface.ts';

/** What a surface says of one option. */
export interface SurfaceVolatility {
  readonly volatility: number;
  /** Forward at the expiry: between listed ones its logarithm is linear in time, beyond them it stays as it is. */
  readonly forwardUsd: number;
  /** How far the option is beyond what is listed: absent where it is within. */
  readonly extrapolated?: Extrapolation;
  /** Age of the oldest quote that it comes from. */
  readonly oldestSeconds: number;
  /** Whether that is more than the surface's `staleSeconds`. */
  readonly isStale: boolean;
}

export interface Extrapolation {
  /** |ln(strike ÷ nearest listed strike)|, the larger of two expiries; 0 within. */
  readonly logStrike: number;
  /** Before the first expiry or after the last one; 0 between them. */
  readonly seconds: number;
}

/**
 * Volatility at a strike and an expiry, or why there is none.
 *
 * At an expiry that is listed: the given volatility at a given strike, between strikes its smile (`smileOf`). Between two
 * expiries: the price per forward at the same moneyness (strike ÷ forward) is mixed from both with one weight for all
 * moneynesses, chosen so that total variance `σ²t` at the money is linear in time. Mixed prices are convex in strike and
 * grow with time wherever those of both expiries are and do, so that neither butterflies nor calendars arise between
 * points that have none. Beyond the listed strikes the last volatility holds, before the first and after the last expiry
 * that expiry's at the same moneyness: without that promise, and said with how far. Source: J. Gatheral and A. Jacquier,
 * Arbitrage-free SVI volatility surfaces (2014), lemma 5.1.
 */
export function volatilityAt(
  surface: Surface,
  { strikeUsd, expiry }: { readonly strikeUsd: number; readonly expiry: number },
): SurfaceVolatility | { readonly reason: string } {
  if (surface.expiries.length === 0) return { reason: 'no listed option says a volatility' };
  if (!(strikeUsd > 0 && strikeUsd < Infinity))
    return { reason: `a strike of ${strikeUsd} has no volatility` };
  if (!(expiry > surface.time)) return { reason: 'the option is expired' };
  const { before, after } = around(surface.expiries, expiry);
  const forwardUsd = forwardAt({ before, after, expiry });
  const moneyness = strikeUsd / forwardUsd;
  const one = readSmile(before, moneyness);
  const other = before === after ? one : readSmile(after, moneyness);
  if (one.volatility === undefined || other.volatility === undefined)
    return { reason: 'the quotes around it cannot all be prices: a butterfly costs less than nothing' };
  const volatility = between(surface, {
    before,
    after,
    expiry,
    moneyness,
    volatilities: [one.volatility, other.volatility],
  });
  if (volatility === undefined)
    return { reason: 'it is too far out of the money for a price between the expiries around it' };
  const logStrike = Math.max(one.logBeyond, other.logBeyond);
  const seconds = Math.max(0, surface.expiries[0]!.expiry - expiry, expiry - surface.expiries.at(-1)!.expiry);
  const oldestSeconds = surface.time - Math.min(one.oldest, other.oldest);
  return {
    volatility,
    forwardUsd,
    ...(logStrike > 0 || seconds > 0 ? { extrapolated: { logStrike, seconds } } : {}),
    oldestSeconds,
    isStale: oldestSeconds > surface.staleSeconds,
  };
}

/** The expiries on both sides of a time; the same one twice at it, before the first and after the last. */
function around(expiries: readonly SurfaceExpiry[], expiry: number) {
  const after = expiries.find((listed) => listed.expiry >= expiry) ?? expiries.at(-1)!;
  const before = expiries.findLast((listed) => listed.expiry <= expiry) ?? expiries[0]!;
  return { before, after };
}

/** See `SurfaceVolatility.forwardUsd`. */
function forwardAt({ before, after, expiry }: Omit<Between, 'moneyness' | 'volatilities'>): number {
  if (before === after) return before.forwardUsd;
  const share = (expiry - before.expiry) / (after.expiry - before.expiry);
  return before.forwardUsd * (after.forwardUsd / before.forwardUsd) ** share;
}

/** The volatility of an expiry at a moneyness, the last one beyond its strikes. */
function readSmile({ smile, points }: SurfaceExpiry, moneyness: number) {
  const { knots } = smile;
  const last = knots.length - 1;
  const low = knots[0]!.moneyness;
  const high = knots[last]!.moneyness;
  if (moneyness < low || moneyness > high) {
    const row = moneyness < low ? 0 : last;
    const logBeyond = Math.abs(Math.log(moneyness / knots[row]!.moneyness));
    return { volatility: knots[row]!.volatility, logBeyond, oldest: points[row]!.time };
  }
  const to = knots.findIndex((knot) => knot.moneyness >= moneyness);
  const from = knots[to]!.moneyness === moneyness ? to : to - 1;
  return {
    volatility: volatilityBetween(smile, moneyness),
    logBeyond: 0,
    oldest: Math.min(points[from]!.time, points[to]!.time),
  };
}

interface Between {
  readonly before: SurfaceExpiry;
  readonly after: SurfaceExpiry;
  readonly expiry: number;
  readonly moneyness: number;
  readonly volatilities: readonly [number, number];
}

function between(
  { time }: Surface,
  { before, after, expiry, moneyness, volatilities }: Between,
): number | undefined {
  if (before === after) return volatilities[0];
  const years = (expiry - time) / SECONDS_PER_YEAR;
  const isCall = moneyness >= 1;
  const weight = weightOfLater(before, after, years);
  const [early, late] = [before, after].map((listed, row) =>
    pricePerForward(isCall, { moneyness, volatility: volatilities[row]! }, listed.years),
  ) as [number, number];
  const priceUsd = early + weight * (late - early);
  const found = impliedVolatility({ isCall, forwardUsd: 1, strikeUsd: moneyness, years, priceUsd });
  return 'volatility' in found ? found.volatility : undefined;
}

/** Weight of the later expiry's prices at which total variance at the money is linear in time. */
function weightOfLater(before: SurfaceExpiry, after: SurfaceExpiry, years: number): number {
  const share = (years - before.years) / (after.years - before.years);
  const [early, late] = [varianceAtMoney(before), varianceAtMoney(after)];
  if (early === undefined || late === undefined) return share;
  const price = (w: number) =>
    black76({ isCall: true, forwardUsd: 1, strikeUsd: 1, years: 1, volatility: Math.sqrt(w) });
  const rise = price(late) - price(early);
  return rise === 0 ? share : (price(early + share * (late - early)) - price(early)) / rise;
}

/** Total variance where the strike is the forward; undefined where its quotes cannot be prices. */
function varianceAtMoney(listed: SurfaceExpiry): number | undefined {
  const { volatility } = readSmile(listed, 1);
  return volatility === undefined ? undefined : volatility * volatility * listed.years;
}
