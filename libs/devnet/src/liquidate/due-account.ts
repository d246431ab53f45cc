import type { Hex } from 'viem';

/** An account that its venue lets anybody liquidate now. */
export interface DueAccount {
  readonly venue: 'aave-v3@devnet' | 'morpho-blue@devnet';
  readonly owner: Hex;
  /** '' on Aave, the market id on Morpho. */
  readonly market: string;
}

export const AAVE_VENUE = 'aave-v3@devnet';
export const MORPHO_VENUE = 'morpho-blue@devnet';
