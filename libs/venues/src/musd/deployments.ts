import type { Address } from '@undertow/market';

/** One deployment of MUSD. Its contracts name each other only in views, so all that are read are given. */
export interface MusdDeployment {
  readonly adapter: 'musd';
  /** Venue id, such as `musd@devnet`. */
  readonly id: string;
  readonly version: '1.1';
  readonly troveManager: Address;
  readonly borrowerOperations: Address;
  readonly interestRateManager: Address;
  readonly activePool: Address;
  readonly defaultPool: Address;
  readonly stabilityPool: Address;
  readonly priceFeed: Address;
  readonly musd: Address;
  /** The chain's own coin: the address that it goes by (no contract has it), and its wrapped form. 18 decimals. */
  readonly nativeCoin: { readonly address: Address; readonly symbol: string; readonly wrapped: Address };
  /** Block in which it was deployed: nothing to read before it. */
  readonly startBlock?: number;
}
