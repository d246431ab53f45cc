import type { AaveV3Contracts } from './aave-v3/deploy.ts';
import { aaveV3 } from './aave-v3/index.ts';
import type { AaveV3Plan } from './aave-v3/plan.ts';
import type { AaveV36Contracts } from './aave-v36/deploy.ts';
import { aaveV36 } from './aave-v36/index.ts';
import type { AaveV36Plan } from './aave-v36/plan.ts';
import type { DevnetVenue } from './devnet-venue.ts';
import type { LyraAvalonContracts } from './lyra-avalon/deploy.ts';
import { lyraAvalon } from './lyra-avalon/index.ts';
import type { LyraAvalonPlan } from './lyra-avalon/plan.ts';
import type { MorphoBlueContracts } from './morpho-blue/deploy.ts';
import { morphoBlue } from './morpho-blue/index.ts';
import type { MorphoBluePlan } from './morpho-blue/plan.ts';
import type { MusdContracts } from './musd/deploy.ts';
import { musdVenue } from './musd/index.ts';
import type { MusdPlan } from './musd/plan.ts';
import type { PerpV2Contracts } from './perp-v2/deploy.ts';
import { perpV2 } from './perp-v2/index.ts';
import type { PerpV2Plan } from './perp-v2/plan.ts';
import type { VenusCoreContracts } from './venus-core/deploy.ts';
import { venusCore } from './venus-core/index.ts';
import type { VenusCorePlan } from './venus-core/plan.ts';

/** Addresses by venue, plain JSON: what `deploy` returned. */
export interface VenueContracts {
  readonly aaveV3: AaveV3Contracts;
  readonly aaveV36: AaveV36Contracts;
  readonly morphoBlue: MorphoBlueContracts;
  readonly musd: MusdContracts;
  readonly perpV2: PerpV2Contracts;
  readonly lyraAvalon: LyraAvalonContracts;
  readonly venusCore: VenusCoreContracts;
}

/** The positions of an owner by venue: what `plan` returns. */
export interface VenuePlans {
  readonly aaveV3: AaveV3Plan;
  readonly aaveV36: AaveV36Plan;
  readonly morphoBlue: MorphoBluePlan;
  readonly musd: MusdPlan;
  readonly perpV2: PerpV2Plan;
  readonly lyraAvalon: LyraAvalonPlan;
  readonly venusCore: VenusCorePlan;
}

export type VenueKey = keyof VenueContracts;

/** Every protocol of the local chain, in the order in which they are deployed. */
export const VENUES: { readonly [Key in VenueKey]: DevnetVenue<VenueContracts[Key], VenuePlans[Key]> } = {
  aaveV3,
  aaveV36,
  morphoBlue,
  musd: musdVenue,
  perpV2,
  lyraAvalon,
  venusCore,
};

export const VENUE_KEYS = Object.keys(VENUES) as readonly VenueKey[];

/** A venue of which nothing is asked that depends on its contracts or plans. */
export type AnyVenue = Omit<
  DevnetVenue<never, never>,
  'deploy' | 'plan' | 'saleableUsd' | 'open' | 'deployment' | 'oracles'
>;
