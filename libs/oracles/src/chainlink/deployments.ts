import type { Feed } from '@undertow/market';

/** A set of Chainlink feeds; `Feed.id` is the proxy that venues ask, `Feed.aggregator` the contract that logs: all have one. */
export interface ChainlinkDeployment {
  readonly adapter: 'chainlink';
  readonly id: string;
  readonly feeds: readonly Feed[];
}
