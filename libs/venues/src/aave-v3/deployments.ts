import type { Address } from '@undertow/market';

/** One Aave v3 market on one chain. */
export interface AaveV3Deployment {
  readonly adapter: 'aave-v3';
  /** Venue id, such as `aave-v3@devnet`. */
  readonly id: string;
  /** Release, which chooses roundings and close-factor rules. */
  readonly version: '3.0' | '3.6';
  /** True: what aTokens hold is read now and then. */
  readonly readsHoldings?: boolean;
  readonly addressesProvider: Address;
  readonly pool: Address;
  readonly poolConfigurator: Address;
  readonly oracle: Address;
  readonly dataProvider: Address;
}
