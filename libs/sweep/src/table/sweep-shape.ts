import type { Book } from '@undertow/book';

/** What rows of a sweep's columns stand for. */
export interface SweepShape {
  /** See `sweepKey`. */
  readonly key: string;
  /** How many scenarios the whole sweep has. */
  readonly count: number;
  /** Ids, by venue row of the book. */
  readonly venues: readonly string[];
  /** By market row. */
  readonly markets: readonly { readonly venue: string; readonly id: string; readonly label: string }[];
  /** By asset row. */
  readonly assets: readonly { readonly address: string; readonly symbol: string }[];
}

/** The shape of a sweep of so many scenarios of a book. */
export const sweepShape = (book: Book, { key, count }: Pick<SweepShape, 'key' | 'count'>): SweepShape => ({
  key,
  count,
  venues: book.venues.map(({ id }) => id),
  markets: book.markets.map(({ venue, id, label }) => ({ venue: book.venues[venue]!.id, id, label })),
  assets: book.assets.map(({ address, symbol }) => ({ address, symbol })),
});
