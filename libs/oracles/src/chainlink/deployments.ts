import type { Feed, FeedId } from '@undertow/market';

/** A set of Chainlink feeds; `Feed.id` is the proxy that venues ask, `Feed.aggregator` the contract that logs: all have one. */
export interface ChainlinkDeployment {
  readonly adapter: 'chainlink';
  readonly id: string;
  readonly feeds: readonly Feed[];
  /** Those of the feeds that say a state and no price, such as whether a sequencer runs: their 0 is nothing to be quarantined. */
  readonly states?: readonly FeedId[];
}
