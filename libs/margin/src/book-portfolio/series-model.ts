import type { BookInstrument } from '@undertow/book';
import { SECONDS_PER_YEAR } from '../pricing/black-76.ts';
import { impliedVolatility } from '../pricing/implied-volatility.ts';
import { normalDistribution } from '../pricing/normal-distribution.ts';

/** What the table of an option series says of the model behind it. */
export interface SeriesModel {
  readonly secondsToExpiry: number;
  /** Implied volatility per year at the book's height. */
  readonly volatility: number;
  /** What one unit of cash at expiry is worth now; the forward is the spot ÷ this. */
  readonly discount: number;
}

/**
 * Volatility and interest behind the table of a series, or why they cannot be told. The volatility is what the value
 * implies where the price is next to the strike, as it tells most there; venues' models have one volatility for a strike
 * whatever the price. The discount is what the value deepest in the money then leaves for the strike; as each needs the
 * other, both are found in turns. It is 1 where the table does not reach into the money.
 */
export function seriesModel(
  instrument: BookInstrument,
  time: number,
): SeriesModel | { readonly reason: string } {
  const { isCall, strikeUsd, expiry, label, spotUsd, volatilityFactor, valueUsd } = instrument;
  const secondsToExpiry = expiry - time;
  if (secondsToExpiry <= 0) return { reason: `${label} is expired` };
  const years = secondsToExpiry / SECONDS_PER_YEAR;
  const present = volatilityFactor.indexOf(1) * spotUsd.length;
  let discount = 1;
  for (let turn = 0; ; turn++) {
    const nearest = nearestTo(spotUsd, strikeUsd * discount);
    const priceUsd = valueUsd[present + nearest]!;
    const forwardUsd = spotUsd[nearest]! / discount;
    const found = impliedVolatility({ isCall, forwardUsd, strikeUsd, years, discount, priceUsd });
    if ('reason' in found) return { reason: `the table of ${label} says no volatility: ${found.reason}` };
    const next = discountOf(instrument, { volatility: found.volatility, years, discount });
    if (turn === MOST_TURNS || Math.abs(next - discount) < NEAR)
      return { secondsToExpiry, volatility: found.volatility, discount };
    discount = next;
  }
}

const MOST_TURNS = 50;
const NEAR = 1e-10;

/** Least chance of exercise at the end of the table at which its value says what the strike is worth. */
const LEAST_CHANCE = 0.5;

/** `V = S·N(d₁) − K·D·N(d₂)` of a call, and its like of a put, solved for D where the table is deepest in the money. */
function discountOf(
  { isCall, strikeUsd, spotUsd, volatilityFactor, valueUsd }: BookInstrument,
  {
    volatility,
    years,
    discount,
  }: { readonly volatility: number; readonly years: number; readonly discount: number },
): number {
  const end = isCall ? spotUsd.length - 1 : 0;
  const sign = isCall ? 1 : -1;
  const deviation = volatility * volatilityFactor[0]! * Math.sqrt(years);
  const d1 = Math.log(spotUsd[end]! / (strikeUsd * discount)) / deviation + deviation / 2;
  const chance = normalDistribution(sign * (d1 - deviation));
  if (chance < LEAST_CHANCE) return 1;
  return (spotUsd[end]! * normalDistribution(sign * d1) - sign * valueUsd[end]!) / (strikeUsd * chance);
}

function nearestTo(spotUsd: Float64Array, usd: number): number {
  let nearest = 0;
  spotUsd.forEach((spot, row) => {
    if (Math.abs(spot - usd) < Math.abs(spotUsd[nearest]! - usd)) nearest = row;
  });
  return nearest;
}
