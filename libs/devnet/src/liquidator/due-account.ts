import type { Hex } from 'viem';

/** An account that its venue lets anybody liquidate now. */
export interface DueAccount {
  /** Venue id, such as `aave-v3@devnet`. */
  readonly venue: string;
  readonly owner: Hex;
  /** '' where an owner has one account at the venue, else what names the account: a market or position id. */
  readonly market: string;
}
