import { pricePerForward, volatilityBetween } from './smile.ts';
import type { Surface, SurfaceExpiry } from './surface.ts';

/** What a call can be sold and bought for, undiscounted; the same where only a model's price is known. */
export interface StrikeQuote {
  readonly strikeUsd: number;
  /** 0 where nobody buys. */
  readonly bidUsd: number;
  /** `Infinity` where nobody sells. */
  readonly askUsd: number;
}

/** Options that together cost less than nothing and pay at least nothing. */
export type Arbitrage = StrikeArbitrage | CalendarArbitrage;

/**
 * Of two neighbouring strikes (`vertical`: a call costs more than the next lower one, or less than that one by more than
 * the strikes lie apart) or of three (`butterfly`: the middle one costs more than its share of both sides).
 */
export interface StrikeArbitrage {
  readonly kind: 'vertical' | 'butterfly';
  readonly expiry: number;
  /** Ascending. */
  readonly strikesUsd: readonly number[];
  /** What is gained per option sold. */
  readonly gainUsd: number;
}

/** Of two neighbouring expiries: at the same moneyness the later option costs less, so total variance falls. */
export interface CalendarArbitrage {
  readonly kind: 'calendar';
  readonly expiries: readonly [number, number];
  /** At both expiries, of the same moneyness; what is not listed lies between what is. */
  readonly strikesUsd: readonly [number, number];
  /** By how much total variance falls. */
  readonly varianceFall: number;
}

/** Gains below this share of the forward are rounding. */
const ROUNDING = 1e-10;

/**
 * All static arbitrage of a surface, each with the strikes and expiries that make it: between neighbouring given points,
 * and of expiries in between too, as what is read from two smiles may cross where their points do not.
 */
export function surfaceArbitrages({ expiries }: Surface): readonly Arbitrage[] {
  const ofStrikes = expiries.flatMap((listed) => {
    const quotes = listed.points.map(({ strikeUsd }, row) => {
      const usd = listed.smile.knots[row]!.call.value * listed.forwardUsd;
      return { strikeUsd, bidUsd: usd, askUsd: usd };
    });
    return strikeArbitrages(quotes, listed);
  });
  const ofExpiries = expiries.slice(1).flatMap((later, row) => calendarArbitrages(expiries[row]!, later));
  return [...ofStrikes, ...ofExpiries];
}

/**
 * Arbitrage between neighbouring strikes of one expiry, by what calls can be bought and sold for: buying at the ask and
 * selling at the bid, so of real quotes only what anybody could take. Quotes ascend by strike. Put quotes become calls by
 * parity: put + forward − strike.
 */
export function strikeArbitrages(
  quotes: readonly StrikeQuote[],
  { expiry, forwardUsd }: { readonly expiry: number; readonly forwardUsd: number },
): readonly StrikeArbitrage[] {
  const found: StrikeArbitrage[] = [];
  const note = (kind: StrikeArbitrage['kind'], strikesUsd: readonly number[], gainUsd: number) => {
    if (gainUsd > ROUNDING * forwardUsd) found.push({ kind, expiry, strikesUsd, gainUsd });
  };
  quotes.forEach((high, row) => {
    const middle = quotes[row - 1];
    if (!middle) return;
    const between = high.strikeUsd - middle.strikeUsd;
    const pair = [middle.strikeUsd, high.strikeUsd];
    note('vertical', pair, Math.max(high.bidUsd - middle.askUsd, middle.bidUsd - high.askUsd - between));
    const low = quotes[row - 2];
    if (!low) return;
    const share = between / (high.strikeUsd - low.strikeUsd);
    const wings = share * low.askUsd + (1 - share) * high.askUsd;
    note('butterfly', [low.strikeUsd, ...pair], middle.bidUsd - wings);
  });
  return found;
}

/** Places looked at from one given point to the next: smiles of two expiries may cross between them. */
const LOOKS = 4;

/** Where total variance falls from one expiry to the next, at every given point that both reach and in places between. */
function calendarArbitrages(early: SurfaceExpiry, late: SurfaceExpiry): readonly CalendarArbitrage[] {
  const given = new Set([early, late].flatMap(({ smile }) => smile.knots.map(({ moneyness }) => moneyness)));
  const sorted = [...given].sort((one, other) => one - other);
  const places = sorted.flatMap((from, row) => {
    const to = sorted[row + 1];
    return to === undefined
      ? [from]
      : Array.from({ length: LOOKS }, (_, look) => from + ((to - from) * look) / LOOKS);
  });
  return places.flatMap((moneyness): readonly CalendarArbitrage[] => {
    const [first, second] = [varianceWithin(early, moneyness), varianceWithin(late, moneyness)];
    if (first === undefined || second === undefined) return [];
    if (priceAt(early, moneyness) <= priceAt(late, moneyness) + ROUNDING) return [];
    const strikesUsd = [moneyness * early.forwardUsd, moneyness * late.forwardUsd] as const;
    const expiries = [early.expiry, late.expiry] as const;
    return [{ kind: 'calendar', expiries, strikesUsd, varianceFall: first - second }];
  });
}

function volatilityWithin({ smile }: SurfaceExpiry, moneyness: number): number | undefined {
  const [first, last] = [smile.knots[0]!, smile.knots.at(-1)!];
  if (moneyness < first.moneyness || moneyness > last.moneyness) return undefined;
  return volatilityBetween(smile, moneyness);
}

function varianceWithin(listed: SurfaceExpiry, moneyness: number): number | undefined {
  const volatility = volatilityWithin(listed, moneyness);
  return volatility === undefined ? undefined : volatility * volatility * listed.years;
}

/** Price per forward of the option out of the money. */
function priceAt(listed: SurfaceExpiry, moneyness: number): number {
  const volatility = volatilityWithin(listed, moneyness)!;
  return pricePerForward(moneyness >= 1, { moneyness, volatility }, listed.years);
}
