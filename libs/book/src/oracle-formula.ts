import type { FeedRow } from './rows.ts';

/**
 * How a venue's price of an asset follows from feeds:
 *
 *     price = min(greatest, multiplier × Π min(feed answer, term.greatest) ^ power)     USD per unit of the asset
 *
 * Rates at which tokens are redeemed are part of the multiplier: they do not move during a run. A formula without terms is
 * a constant, which never moves.
 */
export interface OracleFormula {
  readonly multiplier: number;
  readonly terms: readonly OracleTerm[];
  /** Cap on the whole; Infinity = none. */
  readonly greatest: number;
}

export interface OracleTerm {
  readonly feed: FeedRow;
  readonly power: 1 | -1;
  /** Cap on what the feed answers; Infinity = none. */
  readonly greatest: number;
}

/** A price that nothing moves. */
export const constantFormula = (priceUsd: number): OracleFormula => ({
  multiplier: priceUsd,
  terms: [],
  greatest: Infinity,
});

/** What one feed answers in USD. */
export const feedFormula = (feed: FeedRow): OracleFormula => ({
  multiplier: 1,
  terms: [{ feed, power: 1, greatest: Infinity }],
  greatest: Infinity,
});

/** The price that a formula gives at answers of feeds, by feed row, in whole units. */
export function formulaPriceUsd(
  { multiplier, terms, greatest }: OracleFormula,
  answers: Float64Array,
): number {
  let price = multiplier;
  for (const term of terms) {
    const answer = Math.min(answers[term.feed]!, term.greatest);
    price = term.power === 1 ? price * answer : price / answer;
  }
  return Math.min(price, greatest);
}
