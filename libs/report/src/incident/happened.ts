import { hashOf } from '../canonical.ts';

/**
 * What a chain says of a range of blocks, as plain data: what a replay holds a prediction against. No book has it: whoever indexes the
 * chain has the same, and the same hash.
 */
export interface Happened {
  /** The last block that counts; the first is the one after the book's. */
  readonly to: { readonly block: number; readonly blockHash: string | null; readonly time: number };
  /** In the order of the chain. */
  readonly liquidations: readonly HappenedLiquidation[];
  /** New answers of the feeds that the book has, in the order of the chain. */
  readonly answers: readonly HappenedAnswer[];
  /** Flags of oracles that stood at some time of the range, as an indexer raised them. */
  readonly flags: readonly HappenedFlag[];
}

/** Amounts are integers of the asset's smallest unit, as text. */
export interface HappenedLiquidation {
  readonly block: number;
  readonly logIndex: number;
  readonly part: number;
  readonly time: number;
  readonly transaction: string | null;
  readonly venue: string;
  /** The market whose debt was repaid. */
  readonly market: string;
  readonly owner: string;
  readonly liquidator: string;
  readonly collateralAsset: string;
  readonly debtAsset: string;
  readonly repaid: string;
  /** What the liquidator got; a protocol's fee comes on top. */
  readonly seized: string;
  readonly badDebt: string;
}

export interface HappenedAnswer {
  readonly feed: string;
  readonly block: number;
  readonly time: number;
  /** In the feed's own decimals, as text. */
  readonly answer: string;
}

export interface HappenedFlag {
  readonly kind: string;
  readonly severity: string;
  readonly subject: string;
  readonly label: string;
  /** Unix seconds, as all times here. */
  readonly start: number;
  readonly raisedAt: number;
  /** Null while it stands. */
  readonly end: number | null;
  readonly peak: number;
}

/** By this two who indexed the same chain agree on what happened. */
export const happenedHash = (happened: Happened): string => hashOf(happened);
