import type { Address } from '@undertow/market';

/** One Aave v3 market on one chain. */
export interface AaveV3Deployment {
  readonly adapter: 'aave-v3';
  /** Venue id, such as `aave-v3@devnet`. */
  readonly id: string;
  /** Release, which chooses roundings and close-factor rules. */
  readonly version: '3.0' | '3.6';
  /**
   * True: prices, and now and then what aTokens hold, come by calls; prices of AaveOracle at each head, for networks whose sources are adapters that emit no logs; an
   * asset's feed is then `<id>:<asset>`. Otherwise they come from the logs of the contracts that AaveOracle asks, each of
   * which is a feed.
   */
  readonly pollPrices?: boolean;
  readonly addressesProvider: Address;
  readonly pool: Address;
  readonly poolConfigurator: Address;
  readonly oracle: Address;
  readonly dataProvider: Address;
}
