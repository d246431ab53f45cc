import type { Book } from '@undertow/book';
import type { FeedMoves } from './market/follow.ts';
import type { Market } from './market/market.ts';
import type { Policies } from './scenario.ts';

/** What never changes during a run. */
export interface World {
  readonly book: Book;
  readonly market: Market;
  readonly feeds: FeedMoves;
  readonly policies: Policies;
}
