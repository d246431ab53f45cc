import { greatestRate, type RateCap } from '@undertow/market';

/** A rate and the cap that holds it. */
export interface CappedRate {
  /** As the token itself says it, in the decimals of the cap. */
  readonly rate: bigint;
  readonly cap: RateCap;
}

/**
 * How far a rate may still rise before its cap binds, as a ratio of the rate: greatest rate ÷ rate − 1. Zero and below: it binds,
 * and the oracle says less than the token is redeemed for by that much (−0.0285 = 2.85 % too low). Undefined where the contract
 * reverts, and for a rate of 0.
 *
 * With the cap as a pending update would set it, this is a dry run of the update.
 */
export function capHeadroom({ rate, cap }: CappedRate, time: number): number | undefined {
  const greatest = greatestRate(cap, time);
  if (greatest === undefined || rate <= 0n) return undefined;
  return Number(greatest - rate) / Number(rate);
}

const YEAR = 31_536_000;

/**
 * Seconds until a cap binds if the rate goes on growing by a ratio of itself per year: the first time at which the rate has reached
 * what the cap allows. 0 where it binds already; undefined where it never will (the cap grows at least as fast), or where the
 * contract reverts.
 */
export function secondsToBind(capped: CappedRate, time: number, growthPerYear: number): number | undefined {
  const headroom = capHeadroom(capped, time);
  if (headroom === undefined) return undefined;
  if (headroom <= 0) return 0;
  const { rate, cap } = capped;
  const capPerSecond = Number(cap.growthPerSecond) / Number(cap.growthScale) / Number(rate);
  const ratePerSecond = growthPerYear / YEAR;
  return ratePerSecond > capPerSecond ? headroom / (ratePerSecond - capPerSecond) : undefined;
}
