import type { Hex } from 'viem';

export interface AaveV3Contracts {
  readonly addressesProvider: Hex;
  readonly pool: Hex;
  readonly poolConfigurator: Hex;
  readonly oracle: Hex;
  readonly dataProvider: Hex;
}
