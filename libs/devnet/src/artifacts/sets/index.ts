import type { ArtifactSet, NamesOf } from '../artifact-set.ts';
import { AAVE_V3_SET } from './aave-v3.ts';
import { AAVE_V36_SET } from './aave-v36.ts';
import { BASE_SET } from './base.ts';
import { LYRA_AVALON_SET } from './lyra-avalon.ts';
import { MORPHO_BLUE_SET } from './morpho-blue.ts';
import { MUSD_SET } from './musd.ts';
import { PERP_V2_SET } from './perp-v2.ts';
import { VENUS_CORE_SET } from './venus-core.ts';

/** Every set of contracts that the local chain deploys. Names are unique over all of them. */
export const ARTIFACT_SETS = [
  BASE_SET,
  AAVE_V3_SET,
  AAVE_V36_SET,
  MORPHO_BLUE_SET,
  MUSD_SET,
  PERP_V2_SET,
  LYRA_AVALON_SET,
  VENUS_CORE_SET,
] as const satisfies readonly ArtifactSet[];

export type ContractName = NamesOf<(typeof ARTIFACT_SETS)[number]>;
