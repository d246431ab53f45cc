import type { Hex } from 'viem';
import type { AssetSymbol } from '../../deploy/listing.ts';
import type { DeployedPool } from '../../scene.ts';

/** A perpetual market as deployed. */
export interface DeployedPerpMarket {
  /** The listed asset whose feed is the index. */
  readonly symbol: AssetSymbol;
  readonly baseToken: Hex;
  readonly underlying: Hex;
  readonly pool: DeployedPool;
  /** The `ChainlinkPriceFeedV3` that keeps the index's rounds, and the feed that it reads. */
  readonly priceFeed: Hex;
  readonly indexFeed: Hex;
}

/** Addresses of Perp v2, lower case. */
export interface PerpV2Contracts {
  readonly accountBalance: Hex;
  readonly clearingHouse: Hex;
  readonly clearingHouseConfig: Hex;
  readonly collateralManager: Hex;
  readonly exchange: Hex;
  readonly insuranceFund: Hex;
  readonly marketRegistry: Hex;
  readonly orderBook: Hex;
  readonly quoteToken: Hex;
  readonly settlementToken: Hex;
  readonly vault: Hex;
  readonly markets: readonly DeployedPerpMarket[];
  readonly collaterals: readonly { readonly token: Hex; readonly priceFeed: Hex; readonly feed: Hex }[];
}

/** Keeps each pool at its index, with a margin account of its own. */
export const ARBITRAGEUR: Hex = '0xa4b0000000000000000000000000000000000004';
