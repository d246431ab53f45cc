export type { AaveV3Deployment } from './aave-v3/deployments.ts';
export type { LyraAvalonDeployment } from './lyra-avalon/deployments.ts';
export type { MorphoBlueDeployment } from './morpho-blue/deployments.ts';
export type { MusdDeployment } from './musd/deployments.ts';
export type { PerpV2Deployment } from './perp-v2/deployments.ts';
export type { VenusCoreDeployment } from './venus-core/deployments.ts';
export { openVenue, VENUE_ADAPTERS, type VenueDeployment } from './open-venue.ts';
export {
  STEWARD_FIELDS,
  stewardCalls,
  type StewardCall,
  type StewardChange,
  type StewardField,
} from './aave-v3/steward-calldata.ts';
