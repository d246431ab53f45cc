import type { Hex } from 'viem';
import type { BaseContracts, Scene } from '../scene.ts';
import type { VenueContracts } from './venue-contracts.ts';

/** Addresses of everything deployed, lower case. Plain JSON. */
export interface DevnetContracts extends BaseContracts {
  /** By key of the table `VENUES`; one that was left out when the chain was built is missing. */
  readonly venues: VenueContracts;
}

/** What venues need: a scene with them deployed on it, and who has positions. */
export interface VenueScene extends Scene {
  /** The owners of positions, in the order in which they were planned. */
  readonly owners: readonly Hex[];
  readonly contracts: DevnetContracts;
}
