import type { Hex } from 'viem';
import type { AssetSymbol } from '../../deploy/listing.ts';

export interface DeployedMorphoMarket {
  readonly id: Hex;
  readonly collateral: AssetSymbol;
  readonly loan: AssetSymbol;
  /** The tuple that Morpho calls take. */
  readonly params: {
    readonly loanToken: Hex;
    readonly collateralToken: Hex;
    readonly oracle: Hex;
    readonly irm: Hex;
    readonly lltv: string;
  };
}

export interface MorphoBlueContracts {
  readonly morpho: Hex;
  readonly irm: Hex;
  readonly markets: readonly DeployedMorphoMarket[];
}
