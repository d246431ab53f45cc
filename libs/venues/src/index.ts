export type { AaveV3Deployment } from './aave-v3/deployments.ts';
export type { MorphoBlueDeployment } from './morpho-blue/deployments.ts';
export { openVenue, type VenueDeployment } from './open-venue.ts';
export { knownAaveV3, type KnownAaveV3 } from './aave-v3/known.ts';
export { knownMorphoBlue } from './morpho-blue/known.ts';
