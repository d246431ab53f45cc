import type { LogSource } from '@undertow/chain';
import type { AaveV3Deployment } from './aave-v3/deployments.ts';
import { openAaveV3 } from './aave-v3/index.ts';
import type { MorphoBlueDeployment } from './morpho-blue/deployments.ts';
import { openMorphoBlue } from './morpho-blue/index.ts';

/** A deployment of any venue that is understood; `adapter` is the folder that understands it. */
export type VenueDeployment = AaveV3Deployment | MorphoBlueDeployment;

/** The source of a deployment's facts. */
export function openVenue(deployment: VenueDeployment): LogSource {
  switch (deployment.adapter) {
    case 'aave-v3':
      return openAaveV3(deployment);
    case 'morpho-blue':
      return openMorphoBlue(deployment);
  }
}
