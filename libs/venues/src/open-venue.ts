import type { LogSource } from '@undertow/chain';
import { openAaveV3 } from './aave-v3/index.ts';
import { openLyraAvalon } from './lyra-avalon/index.ts';
import { openMorphoBlue } from './morpho-blue/index.ts';
import { openMusd } from './musd/index.ts';
import { openPerpV2 } from './perp-v2/index.ts';
import { openVenusCore } from './venus-core/index.ts';

/** Every venue that is understood, by its folder, which is the `adapter` of its deployments. One line each. */
const VENUES = {
  'aave-v3': openAaveV3,
  'lyra-avalon': openLyraAvalon,
  'morpho-blue': openMorphoBlue,
  musd: openMusd,
  'perp-v2': openPerpV2,
  'venus-core': openVenusCore,
} satisfies Record<string, (deployment: never) => LogSource>;

/** A deployment of any venue that is understood; `adapter` is the folder that understands it. */
export type VenueDeployment = Parameters<(typeof VENUES)[keyof typeof VENUES]>[0];

/** What `adapter` may be: the venues that are understood. */
export const VENUE_ADAPTERS = Object.keys(VENUES) as readonly VenueDeployment['adapter'][];

/** The source of a deployment's facts. */
export function openVenue(deployment: VenueDeployment): LogSource {
  const open: (deployment: never) => LogSource = VENUES[deployment.adapter];
  return open(deployment as never);
}
