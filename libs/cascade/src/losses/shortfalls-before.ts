import type { Book } from '@undertow/book';
import { openMarket, requotedAt } from '../market/market.ts';
import { shocked } from '../resolve-moves.ts';
import { shortfalls } from './shortfalls.ts';

/** What falls short in a book before any shock, summed up, USD. */
export interface ShortfallsBefore {
  readonly usd: number;
  readonly atSaleUsd: number;
}

/** By book, for the depth that was asked for last: books do not change, and no scenario has a part in it. */
const known = new WeakMap<Book, { readonly depthFactor: number; readonly sums: ShortfallsBefore }>();

/** What falls short in the book as it is, with all depth multiplied by a factor. */
export function shortfallsBefore(book: Book, depthFactor: number): ShortfallsBefore {
  const before = known.get(book);
  if (before?.depthFactor === depthFactor) return before.sums;
  const market = openMarket(book, depthFactor);
  const { places, moved, prices, volatilityFactor } = shocked(book, market, { moves: [] });
  const state = {
    amount: book.legs.amount,
    isTouched: new Uint8Array(book.accounts.count),
    fundAmount: Float64Array.from(book.funds, ({ amount }) => amount),
    lots: [],
    places,
    moved,
    prices,
    volatilityFactor,
    seconds: 0,
  };
  const found = shortfalls(requotedAt(market, places), state, new Set());
  const sums = {
    usd: found.reduce((sum, { usd }) => sum + usd, 0),
    atSaleUsd: found.reduce((sum, { atSaleUsd }) => sum + atSaleUsd, 0),
  };
  known.set(book, { depthFactor, sums });
  return sums;
}
