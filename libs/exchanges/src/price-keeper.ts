import type { PriceObservation } from './price-gate.ts';

/** Which prices are worth keeping: as a feed answers, after so long and after so much of a move. */
export interface KeepingRule {
  readonly everySeconds: number;
  /** A move from the last kept price that is kept at once, as a ratio. */
  readonly move: number;
}

/** One a minute, and more of them while the market moves: by a fifth of the threshold of the narrowest feeds (0.5 %). */
export const DEFAULT_KEEPING: KeepingRule = { everySeconds: 60, move: 0.001 };

/** Decides price by price what is kept. */
export function priceKeeper({ everySeconds, move }: KeepingRule): (price: PriceObservation) => boolean {
  const kept = new Map<string, PriceObservation>();
  return (price) => {
    const last = kept.get(price.symbol);
    const isDue =
      last === undefined ||
      price.time - last.time >= everySeconds ||
      Math.abs(price.price / last.price - 1) >= move;
    if (isDue) kept.set(price.symbol, price);
    return isDue;
  };
}
