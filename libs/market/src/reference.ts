import type { Address, FeedId, VenueId } from './id.ts';

/**
 * How a venue liquidates; names the exact maths and the cascade rule.
 *
 * - `pooled-lending`: one account per owner over all reserves of the venue.
 * - `isolated-pair`: one account per owner and market, one collateral against one debt.
 * - `cdp`: one collateralised debt position per owner; a stability pool repays the debt of those that are liquidated, and
 *   what it cannot repay is redistributed to the others.
 * - `perpetual`: one cross-margined account per owner over all perpetual markets of the venue.
 * - `option`: one account per position; a short option is backed by its own collateral.
 * - `money-market`: one account per owner over the markets of the venue that it entered; a fixed share of one debt may be
 *   repaid at a time, for tokens of any market that the owner supplied to.
 */
export const MECHANISMS = [
  'pooled-lending',
  'isolated-pair',
  'cdp',
  'perpetual',
  'option',
  'money-market',
] as const;
export type Mechanism = (typeof MECHANISMS)[number];

/** One protocol instance: what never changes about it. */
export interface Venue {
  readonly id: VenueId;
  readonly chainId: number;
  /** Folder name under `libs/venues`. */
  readonly protocol: string;
  /**
   * Release, which chooses among the roundings and close-factor rules of the mechanism, such as `3.0` or `3.6`. Those of
   * `pooled-lending` are in `pooledRelease`, whatever the protocol: one that follows none of them must not say its number.
   */
  readonly version: string;
  readonly mechanism: Mechanism;
  /** The contract that holds the accounts. */
  readonly address: Address;
}

/** A token: what never changes about it. */
export interface Asset {
  readonly chainId: number;
  readonly address: Address;
  readonly symbol: string;
  readonly decimals: number;
}

/** A price source. Its answers are `PricePosted` facts. */
export interface Feed {
  readonly id: FeedId;
  readonly chainId: number;
  readonly description: string;
  /** Decimals of an answer. */
  readonly decimals: number;
  /** The contract whose logs carry the answers; absent when the feed is polled by calls. */
  readonly aggregator?: Address;
  /** The least and the greatest that it can answer, raw; absent where it does not say. */
  readonly least?: bigint;
  readonly greatest?: bigint;
}

/** A constant-product concentrated-liquidity pool (Uniswap v3 and forks). */
export interface Pool {
  readonly address: Address;
  readonly chainId: number;
  readonly token0: Address;
  readonly token1: Address;
  /** Fee in hundredths of a basis point (3000 = 0.3 %). */
  readonly feePips: number;
  readonly tickSpacing: number;
}

/** Everything a fold needs beside the facts. */
export interface Reference {
  readonly venues: readonly Venue[];
  readonly assets: readonly Asset[];
  readonly feeds: readonly Feed[];
  readonly pools: readonly Pool[];
}
