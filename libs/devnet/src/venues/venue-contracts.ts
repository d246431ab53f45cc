import type { AaveV3Contracts } from './aave-v3/contracts.ts';
import type { AaveV36Contracts } from './aave-v36/contracts.ts';
import type { LyraAvalonContracts } from './lyra-avalon/contracts.ts';
import type { MorphoBlueContracts } from './morpho-blue/contracts.ts';
import type { MusdContracts } from './musd/contracts.ts';
import type { PerpV2Contracts } from './perp-v2/contracts.ts';
import type { VenusCoreContracts } from './venus-core/contracts.ts';

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
