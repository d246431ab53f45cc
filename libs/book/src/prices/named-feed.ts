import type { Address, FeedId } from '@undertow/market';

/** A feed that a market's terms name. */
export interface NamedFeed {
  readonly feed: FeedId;
  /** What the venue prices with it; absent when it is no asset of its own. */
  readonly asset?: Address;
  /** True when the terms themselves say that it answers in USD, whatever its description. */
  readonly isUsd: boolean;
}

/** One with whose word it is: true when a market names it that governance added, not just anyone. */
export type TrustedFeed = NamedFeed & { readonly isListed: boolean };
