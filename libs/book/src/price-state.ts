import type { Book } from './book.ts';

/** Where prices stand: what feeds answer, and oracles that answer otherwise than they should. */
export interface PriceState {
  /** By feed row, in whole units. */
  readonly feedAnswer: Float64Array;
  /** By oracle row: what the formula gives is multiplied by this; 1 = the oracle is right. */
  readonly oracleFactor: Float64Array;
  /** By oracle row, USD: the formulas at these answers, times the factors. */
  readonly oraclePriceUsd: Float64Array;
}

/** The feeds and oracles of a book as they stand. */
export function ownPrices({ feeds, oracles }: Pick<Book, 'feeds' | 'oracles'>): PriceState {
  return {
    feedAnswer: Float64Array.from(feeds, ({ answer }) => answer),
    oracleFactor: new Float64Array(oracles.length).fill(1),
    oraclePriceUsd: Float64Array.from(oracles, ({ priceUsd }) => priceUsd),
  };
}
