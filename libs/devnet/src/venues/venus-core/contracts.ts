import type { Hex } from 'viem';
import type { AssetSymbol } from '../../deploy/listing.ts';

export interface VenusCoreContracts {
  readonly comptroller: Hex;
  readonly oracle: Hex;
  readonly accessControl: Hex;
  /** The market of each asset: the contract that lends it and whose tokens are shares of it. */
  readonly markets: Readonly<Record<AssetSymbol, Hex>>;
}
