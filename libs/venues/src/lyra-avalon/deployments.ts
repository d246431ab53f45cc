import type { Address, FeedId } from '@undertow/market';

/** One option market of Lyra Avalon. Its contracts do not name each other in logs or views, so all are given. */
export interface LyraAvalonDeployment {
  readonly adapter: 'lyra-avalon';
  /** Venue id, such as `lyra-avalon@devnet`. */
  readonly id: string;
  readonly version: '1.0';
  readonly optionMarket: Address;
  readonly optionToken: Address;
  readonly greekCache: Address;
  readonly pricer: Address;
  /** What stands on the other side of every option. */
  readonly liquidityPool: Address;
  /** What prices and exchanges the two synthetic assets. */
  readonly synthetixAdapter: Address;
  /** Synthetic dollar that options are paid in. */
  readonly quoteAsset: Address;
  /** Synthetic asset that options are written on, the asset that it follows, and the feed that it is priced by. */
  readonly baseAsset: Address;
  readonly baseFollows: Address;
  readonly baseFeed: FeedId;
  /** Block in which the market was deployed: nothing to read before it. */
  readonly startBlock?: number;
}
