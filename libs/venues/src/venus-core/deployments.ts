import type { Address } from '@undertow/market';

/** The core pool of Venus on one chain. Plain JSON. */
export interface VenusCoreDeployment {
  readonly adapter: 'venus-core';
  /** Venue id, such as `venus-core@devnet`. */
  readonly id: string;
  /** Of `@venusprotocol/venus-protocol`, first two numbers. */
  readonly version: '0.7';
  /** Knows the markets and who entered them; each market is then learned from its logs. */
  readonly comptroller: Address;
  /** The `VenusChainlinkOracle` that the comptroller asks. */
  readonly oracle: Address;
}
