export type { AaveV3Deployment } from './aave-v3/deployments.ts';
export type { MorphoBlueDeployment } from './morpho-blue/deployments.ts';
export { openVenue, type VenueDeployment } from './open-venue.ts';
