import type { QuotedAmount } from './quoted-amount.ts';

/** What is offered at one price of an exchange's order book. */
export interface BookLevel {
  /** Quote units per unit. */
  readonly price: number;
  /** Units. */
  readonly size: number;
}

/**
 * What an order book quotes for each amount that empties some of its levels: bids from the highest price down for who sells,
 * asks from the lowest up for who buys. Levels of one price count together.
 */
export function quotesOfLevels(levels: readonly BookLevel[], side: 'bid' | 'ask'): QuotedAmount[] {
  const sizes = new Map<number, number>();
  for (const { price, size } of levels) sizes.set(price, (sizes.get(price) ?? 0) + size);
  const best = [...sizes].sort(([a], [b]) => (side === 'bid' ? b - a : a - b));
  let units = 0;
  let quoteUnits = 0;
  return best.map(([price, size]) => {
    units += size;
    quoteUnits += size * price;
    return { units, quoteUnits };
  });
}
