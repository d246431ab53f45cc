import { bookValues, type Book, type BookValues } from '@undertow/book';
import { openMarket } from './market/market.ts';
import { shocked } from './resolve-moves.ts';
import type { Scenario } from './scenario.ts';

/** What of a scenario moves prices; the rest says how people react. */
export type Shock = Pick<Scenario, 'moves' | 'volatilityMove' | 'landsAtUsd'>;

/**
 * Opens a book for shocks, once for many of them: each gives the accounts at the prices right after it, before anybody has reacted.
 *
 * @throws BadDataError for assets that hang on each other in a circle; the function as `simulate` does, for what the book lacks and for
 *   moves that contradict.
 */
export function openShock(book: Book): (shock: Shock) => BookValues {
  const market = openMarket(book);
  const isTouched = new Uint8Array(book.accounts.count);
  return (shock) => {
    const { prices, volatilityFactor } = shocked(book, market, shock);
    return bookValues(book, { amount: book.legs.amount, prices, volatilityFactor, isTouched });
  };
}
