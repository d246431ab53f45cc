import type { Address, FeedId } from '@undertow/market';

/** Perp v2 ("Curie") on one chain. */
export interface PerpV2Deployment {
  readonly adapter: 'perp-v2';
  /** Venue id, such as `perp-v2@devnet`. */
  readonly id: string;
  readonly version: '2.8';
  readonly accountBalance: Address;
  readonly clearingHouse: Address;
  readonly clearingHouseConfig: Address;
  readonly collateralManager: Address;
  readonly exchange: Address;
  readonly insuranceFund: Address;
  readonly marketRegistry: Address;
  readonly orderBook: Address;
  readonly quoteToken: Address;
  readonly vault: Address;
  readonly settlementToken: Address;
  readonly settlementDecimals: number;
  readonly markets: readonly PerpV2Market[];
  readonly collaterals: readonly PerpV2Collateral[];
  /** Block in which it was deployed: nothing to read before it. */
  readonly startBlock?: number;
}

/** A price as the venue reads it: a `ChainlinkPriceFeedV3`, and the Chainlink feed behind it. */
export interface PerpV2Price {
  readonly priceFeed: Address;
  readonly feed: FeedId;
  readonly feedDecimals: number;
}

export interface PerpV2Market extends PerpV2Price {
  readonly baseToken: Address;
  /** Its own Uniswap v3 pool, base token first. */
  readonly pool: Address;
  /** The token whose price the index is. */
  readonly underlying: Address;
}

/** A token other than the settlement token that is taken as margin. */
export interface PerpV2Collateral extends PerpV2Price {
  readonly token: Address;
  readonly decimals: number;
}
