import type { Address } from '@undertow/market';

/** Vaults whose shares stand for a growing amount of another token: staked and wrapped tokens. */
export interface Erc4626Deployment {
  readonly adapter: 'erc4626';
  readonly id: string;
  readonly vaults: readonly Erc4626Vault[];
}

/** One vault. */
export interface Erc4626Vault {
  /** The vault, which is its share's token. */
  readonly address: Address;
  readonly decimals: number;
  /** The token that a share stands for. */
  readonly asset: Address;
  readonly assetDecimals: number;
}
