import type { FeedId } from './id.ts';

/**
 * How a venue prices something from feeds.
 *
 * - `feed`: the answer of one feed, in the venue's base currency (USD for Aave).
 * - `ratio`: collateral in units of the loan asset, scaled by 1e36:
 *   `scaleFactor × Π base answers ÷ Π quote answers`, floored once at the end.
 * - `constant`: the venue takes one unit for this many USD, whatever a market says.
 */
export type OracleRef =
  | { readonly form: 'feed'; readonly feed: FeedId }
  | {
      readonly form: 'ratio';
      readonly base: readonly FeedId[];
      readonly quote: readonly FeedId[];
      readonly scaleFactor: bigint;
      /** The contract names feeds, but answers something else than they say: `base` is its own price instead. */
      readonly isRefuted?: true;
    }
  | { readonly form: 'constant'; readonly usdWad: bigint };
