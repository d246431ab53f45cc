import type { Address, TermsPatch, VenueId } from '@undertow/market';
import type { Book } from './book.ts';
import type { DraftBy, DraftVenue } from './draft.ts';
import type { ExactStanding } from './exact-standing.ts';
import type { Ledger } from './ledger.ts';
import type { NamedFeed } from './prices/named-feed.ts';
import type { ReadingOrReason } from './reading.ts';
import type { AccountRow } from './rows.ts';
import type { KernelName } from './rule.ts';
import type { MechanismTerms } from './terms/mechanism-terms.ts';
import type { BookValues } from './value-account.ts';

/** A token at a venue, at a time (unix seconds). */
export interface OwedAt {
  readonly venue: VenueId;
  readonly asset: Address;
  readonly time: number;
}

/** What one integer of a state is called, the least that it may be and the most. */
export type StateRange = readonly [name: string, least: bigint, most: bigint];

/** All of a book that its checks may look at. */
export type CheckedBook = Omit<Book, 'hash'>;

/** What the integers and legs of a mechanism must be, so that its exact maths can be given them. */
export interface MechanismCheck {
  /** The kernel that its venues' rules are for. */
  readonly kernel: KernelName;
  /** What a market's `BookExact.marketState` must be; the book's time is in unix seconds. */
  readonly marketState: (state: readonly bigint[], time: number) => readonly StateRange[];
  /** What an account's `BookExact.accountState` must be, from its legs. */
  readonly accountState: (book: CheckedBook, account: AccountRow) => readonly StateRange[];
  /** What is wrong with the legs of an account, in a sentence that names the row; undefined = nothing. */
  readonly legFlaw: (book: CheckedBook, account: AccountRow) => string | undefined;
}

/** What the book must know of a mechanism. Each mechanism's folder gives one in its `index.ts`. */
export interface MechanismBook {
  /** True where anyone may open a market, so that what its terms name has nobody's word: see `withAssetNames`. */
  readonly isPermissionless: boolean;
  /** Scale of the integers in `BookExact.threshold`: 1 = this many. Undefined where thresholds are not terms of a market. */
  readonly thresholdScale: bigint | undefined;
  /** What a venue gives to the book; the venue is in the ledger's reference. */
  readonly draft: (ledger: Ledger, venue: VenueId, by: DraftBy) => DraftVenue;
  /** The one place where it is decided who may be liquidated: floats away from the line, the venue's own integers near it. */
  readonly isDue: (values: BookValues, account: AccountRow) => boolean;
  /** Health where the venue measures it by more than one line; below 1 when the account is due. Absent = by `valueAccount` alone. */
  readonly health?: (values: BookValues, account: AccountRow) => number | undefined;
  /** See `exactStanding`. Absent where a mechanism has more than collateral and debt to compare. */
  readonly standing?: (values: BookValues, account: AccountRow) => ExactStanding | undefined;
  /** What a deposit of raw units adds to the integer of its leg in `BookExact.accountState`; absent where that has none by leg. */
  readonly depositState?: (marketState: readonly bigint[], added: bigint) => bigint;
  /** True where `BookExact.accountState` has an integer per leg, which add up when legs do. */
  readonly isStateByLeg?: true;
  readonly check: MechanismCheck;
  /** The feeds that a market's terms name, of which the USD prices of assets are taken. */
  readonly feedsOf: (ledger: Ledger, terms: TermsPatch) => readonly NamedFeed[];
  /** The accounts of one owner at one venue, as the venue's own views would give them at a time (unix seconds). */
  readonly read: (
    ledger: Ledger,
    at: { readonly venue: VenueId; readonly owner: Address; readonly time: number },
  ) => readonly ReadingOrReason[];
  /**
   * See `owedByVenue`. Absent where a venue's own figures follow its balances, or where its stock is not compared with
   * them.
   */
  readonly owed?: (ledger: Ledger, at: OwedAt) => bigint | undefined;
  /** The terms that a what-if may change, see `withTerms`. */
  readonly terms: MechanismTerms;
  readonly words: MechanismWords;
}

/** How results speak of a mechanism. */
export interface MechanismWords {
  /** What `liquidatedUsd` is the value of, such as `collateral seized`. */
  readonly liquidated: string;
}
