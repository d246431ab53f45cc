import { aaveV3 } from './aave-v3/index.ts';
import { aaveV36 } from './aave-v36/index.ts';
import type { DevnetVenue } from './devnet-venue.ts';
import { lyraAvalon } from './lyra-avalon/index.ts';
import { morphoBlue } from './morpho-blue/index.ts';
import { musdVenue } from './musd/index.ts';
import { perpV2 } from './perp-v2/index.ts';
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
} as const;

export type VenueKey = keyof typeof ALL;

/** Addresses by venue, plain JSON: what `deploy` returned. */
export type VenueContracts = { readonly [Key in VenueKey]: ContractsOf<(typeof ALL)[Key]> };

/** The positions of an owner by venue: what `plan` returns. */
export type VenuePlans = { readonly [Key in VenueKey]: PlanOf<(typeof ALL)[Key]> };

type ContractsOf<Venue> = Venue extends DevnetVenue<infer Contracts, infer _Plan> ? Contracts : never;
type PlanOf<Venue> = Venue extends DevnetVenue<infer _Contracts, infer Plan> ? Plan : never;

/** The table of them, by key. */
export const VENUES: { readonly [Key in VenueKey]: DevnetVenue<VenueContracts[Key], VenuePlans[Key]> } = ALL;

export const VENUE_KEYS = Object.keys(VENUES) as readonly VenueKey[];

/** A venue of which nothing is asked that depends on its contracts or plans. */
export type AnyVenue = Omit<
  DevnetVenue<never, never>,
  'deploy' | 'plan' | 'saleableUsd' | 'open' | 'deployment' | 'oracles'
>;
