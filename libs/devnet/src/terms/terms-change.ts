import { BadDataError } from '@undertow/units';
import type { Receipt } from '../evm/chain.ts';
import type { Contract } from '../evm/contract.ts';
import type { VenueScene } from '../venues/venue-scene.ts';

/** A term of a market that is to be another: what an override of a book names, and by the same names. */
export interface MarketTermsChange {
  readonly kind: 'market';
  /** Venue id. */
  readonly venue: string;
  /** The market's id in the book. */
  readonly market: string;
  readonly field: string;
  /** A ratio (0.8 = 80 %, a bonus of 5 % = 0.05); of a cap, whole units of the market's asset. */
  readonly value: number;
}

/** A term of a whole venue that is to be another. */
export interface VenueTermsChange {
  readonly kind: 'venue';
  readonly venue: string;
  readonly field: string;
  readonly value: number;
}

/** A change of terms as a what-if knows it, so that every override of a book is one. The last two kinds are refused. */
export type TermsChange =
  MarketTermsChange | VenueTermsChange | { readonly kind: 'oracle' | 'depth'; readonly asset: string };

/** Changes that are terms of a venue. */
export type OwnTermsChange = MarketTermsChange | VenueTermsChange;

/** An admin call of a protocol that changes terms. The deployer, who owns everything, makes it. */
export interface TermsCall {
  readonly contract: Contract;
  readonly functionName: string;
  readonly args: readonly unknown[];
  /** Why a contract did not do it that told so without reverting; undefined when it did. */
  readonly refusedIn?: (receipt: Receipt) => string | undefined;
  /** What the contract means by the words with which it reverts, where those are numbers. */
  readonly meanings?: Readonly<Record<string, string>>;
}

/**
 * Finds the admin calls that carry out changes of a venue's terms, in the order in which they are to be made.
 *
 * @throws BadDataError for a change that the venue's contracts have no call for, with the reason.
 */
export type FindTermsCalls = (
  devnet: VenueScene,
  changes: readonly OwnTermsChange[],
) => Promise<readonly TermsCall[]>;

/** A venue none of whose terms can be changed on the chain, for a reason that is told. */
export const noTermsCalls =
  (reason: string): FindTermsCalls =>
  async (_devnet, changes) => {
    for (const change of changes) refuseChange(change, reason);
    return [];
  };

/** @throws BadDataError that names the change and why the chain cannot carry it out. */
export function refuseChange(change: OwnTermsChange, reason: string): never {
  throw new BadDataError(`${changeText(change)} cannot be carried out on the local chain: ${reason}`);
}

function changeText(change: OwnTermsChange): string {
  const market = change.kind === 'market' ? ` ${change.market}` : '';
  return `${change.venue}${market} ${change.field}=${change.value}`;
}

/**
 * The value of a change as the integer that a contract stores.
 *
 * @param scale what the contract stores for 1.
 * @throws BadDataError for a value between two of them.
 */
export function storedValue(change: OwnTermsChange, scale: bigint): bigint {
  const { value } = change;
  // Nine digits are more than any term has, and stay exact in a float.
  const digits = scale > 10n ** 9n ? 10n ** 9n : scale;
  const stored = Math.round(value * Number(digits));
  if (!(value >= 0) || Math.abs(stored / Number(digits) - value) > 1e-12 * Math.max(1, value))
    refuseChange(change, `the contract counts in steps of ${1 / Number(digits)}, from 0 up`);
  return BigInt(stored) * (scale / digits);
}
