import type { Address } from '@undertow/market';

/** One deployment on one chain: what must be known to watch it. Plain JSON. */
export interface NewVenueDeployment {
  readonly adapter: 'new-venue';
  /** Venue id, such as `new-venue@devnet`. */
  readonly id: string;
  /** Release, which chooses among roundings and rules. */
  readonly version: string;
  /** The contract that holds the accounts. */
  readonly address: Address;
}
