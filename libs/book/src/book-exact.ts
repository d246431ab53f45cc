import type { FeedFormula, FeedId, OracleRatio } from '@undertow/market';
import type { OracleRow } from './rows.ts';

/** Integers of a book's rows, as the protocols hold them at the book's time. The engine never looks inside. */
export interface BookExact {
  /** Raw answer by feed row, in the feed's own decimals. */
  readonly feedAnswer: readonly bigint[];
  /** What is made of feeds, by the name under which oracles and other adapters ask it. */
  readonly adapters: ReadonlyMap<FeedId, FeedFormula>;
  /**
   * Raw answer by oracle row, as the mechanism's exact maths takes it. Of a pair's own row: its oracle's price × 10³⁶ × the debt
   * asset's raw answer, so that it can stand beside that answer.
   */
  readonly answer: readonly bigint[];
  /** How each of these follows from feeds, to the last unit; undefined = in proportion to the price in floats. */
  readonly source: readonly (ExactSource | undefined)[];
  /** Raw units of the asset, by leg, as the protocol rounds them. */
  readonly amount: readonly bigint[];
  /** By leg: basis points at pooled venues, wad elsewhere; 0 on debt and on supply that is not collateral. */
  readonly threshold: readonly bigint[];
  /** By market: what else the mechanism's exact maths needs of it; empty where it needs nothing. */
  readonly marketState: readonly (readonly bigint[])[];
  /** By account: what else the mechanism's exact maths needs of it; empty where legs and terms say all. */
  readonly accountState: readonly (readonly bigint[])[];
}

/** What an oracle's raw answer is: that of a feed or adapter, or a pair's ratio × the answer of its debt asset's oracle. */
export type ExactSource =
  | { readonly form: 'feed'; readonly feed: FeedId }
  | { readonly form: 'pair'; readonly ratio: OracleRatio; readonly debt: OracleRow };
