import type { FeedId, FormulaFactors, OracleRatio } from '@undertow/market';

/** A price that some leg is valued at: USD, what it is made of, and the integers that it comes from. */
export interface DraftPrice {
  /** What names it among the prices of its asset: the feed or adapter that is asked, or a market of the venue's own. */
  readonly feed: FeedId;
  /** See `BookExact.answer`. */
  readonly answer: bigint;
  /** USD per whole unit. */
  readonly usd: number;
  /** What it is made of, over base feeds; without terms it is a constant. */
  readonly formula: FormulaFactors;
  /** How the integer follows from feeds; undefined = in proportion. */
  readonly source: DraftSource | undefined;
}

/** See `ExactSource`. */
export type DraftSource =
  | { readonly form: 'feed'; readonly feed: FeedId }
  | { readonly form: 'pair'; readonly ratio: OracleRatio; readonly debt: DraftPrice };

/** A price that no feed and no market moves. */
export const fixedPrice = (feed: FeedId, answer: bigint, usd: number): DraftPrice => ({
  feed,
  answer,
  usd,
  formula: { multiplier: usd, terms: [], greatest: Infinity },
  source: undefined,
});
