import type { FeedId } from '@undertow/market';

/** Whatever the watched venues' terms name as a source of prices. */
export interface PriceSourcesDeployment {
  readonly adapter: 'price-sources';
  readonly id: string;
  /** Feeds whose answers come from logs, by another deployment: they are walked down to, and not told again. */
  readonly logged?: readonly FeedId[];
}
