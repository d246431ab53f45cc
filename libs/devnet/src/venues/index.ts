import { aaveV3 } from './aave-v3/index.ts';
import { aaveV36 } from './aave-v36/index.ts';
import type { DevnetVenue } from './devnet-venue.ts';
import { lyraAvalon } from './lyra-avalon/index.ts';
import { morphoBlue } from './morpho-blue/index.ts';
import { musdVenue } from './musd/index.ts';
import { perpV2 } from './perp-v2/index.ts';
import type { VenueContracts } from './venue-contracts.ts';
import { venusCore } from './venus-core/index.ts';

/** Every protocol of the local chain, in the order in which they are deployed. */
const ALL = {
  aaveV3,
  aaveV36,
  morphoBlue,
  musd: musdVenue,
  perpV2,
  lyraAvalon,
  venusCore,
} as const satisfies Readonly<Record<VenueKey, unknown>>;

export type VenueKey = keyof VenueContracts;

/** The positions of an owner by venue: what `plan` returns. */
export type VenuePlans = { readonly [Key in VenueKey]: PlanOf<(typeof ALL)[Key]> };

type PlanOf<Venue> = Venue extends DevnetVenue<infer _Contracts, infer Plan> ? Plan : never;

/** The table of them, by key. */
export const VENUES: { readonly [Key in VenueKey]: DevnetVenue<VenueContracts[Key], VenuePlans[Key]> } = ALL;

export const VENUE_KEYS = Object.keys(VENUES) as readonly VenueKey[];
