import type { Ledger } from '@undertow/book';
import type { Fact, Reference } from '@undertow/market';

/** A block whose hash is stored. */
export interface NamedBlock {
  readonly block: number;
  readonly hash: string;
}

/** A ledger into which all facts up to a block are folded, as they are at a revision (`Checkpoint.revision`). */
export interface FoldedLedger {
  readonly ledger: Ledger;
  readonly block: number;
  /** How many were folded. */
  readonly facts: number;
  readonly revision: number;
}

/** A ledger that was saved, where. */
export type LoadedLedger = Omit<FoldedLedger, 'revision'>;

export interface LedgerWanted {
  /** At or below this block. */
  readonly upTo: number;
  /** Above this one. */
  readonly above: number;
  /** What is known now: it goes into the ledger, and one that by this would have been folded otherwise is not given. */
  readonly reference: Reference;
}

/** What ledgers of one chain are made of. */
export interface LedgerSource {
  reference(): Promise<Reference>;
  /**
   * Facts above a block and up to another, inclusive, in order, in batches, as they are at a revision. Throws
   * `FactsChangedError` when they are no longer so.
   */
  facts(after: number, upTo: number, revision: number): AsyncIterable<readonly Fact[]>;
  /** The newest saved ledger within bounds; undefined when there is none. */
  saved(wanted: LedgerWanted): Promise<LoadedLedger | undefined>;
  /** The newest block at or below a height whose hash is stored; undefined when there is none. */
  blockAtOrBelow(block: number): Promise<NamedBlock | undefined>;
}

/** Saves a ledger, which will not change any more, at a block. Deals with its own failures: it never rejects. */
export type Save = (folded: FoldedLedger, at: NamedBlock) => Promise<void>;
