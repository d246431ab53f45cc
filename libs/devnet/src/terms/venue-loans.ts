import type { Hex } from 'viem';
import type { Transaction } from '../evm/chain.ts';
import type { VenueScene } from '../venues/venue-scene.ts';

/** Health factors of owners with debt, as a venue's own views say; 1 = at the line. */
export type Healths = ReadonlyMap<Hex, number>;

/** What a venue of loans needs for its owners to follow a change of terms. */
export interface VenueLoans {
  health(devnet: VenueScene): Promise<Healths>;
  /** Pays back a share (above 0, at most 1) of each debt of an owner; the bank gives the money. */
  repay(devnet: VenueScene, shares: ReadonlyMap<Hex, number>): Promise<readonly Transaction[]>;
}

/** So much of a debt, in raw units. */
export const shareOf = (debt: bigint, share: number): bigint =>
  (debt * BigInt(Math.round(share * 1e12))) / 10n ** 12n;
