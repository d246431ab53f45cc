import type { MarginShares } from './grid-terms.ts';

/**
 * What an account holds on one underlying, with the prices that its margin is measured by. Values are in the account's
 * cash, which a venue takes for a dollar. A confidence is how sure a feed is of its answer, from 0 to 1.
 */
export interface GridPortfolio {
  /** Negative: borrowed. */
  readonly cashUsd: number;
  /** Price of the cash itself, for its peg. */
  readonly cashPrice: number;
  readonly spot: FeedValue;
  readonly expiries: readonly GridExpiry[];
  readonly perpetual?: GridPerpetual;
  readonly collaterals: readonly GridCollateral[];
}

export interface FeedValue {
  readonly value: number;
  readonly confidence: number;
}

/** All options of one expiry. */
export interface GridExpiry {
  readonly secondsToExpiry: number;
  /** Forward price: what moves with the spot, and what is fixed already by an average that settles it. */
  readonly forward: { readonly moving: number; readonly fixed: number; readonly confidence: number };
  /** Interest per year, continuous; below 0 it counts as 0. */
  readonly rate: FeedValue;
  readonly options: readonly GridOption[];
}

export interface GridOption {
  readonly isCall: boolean;
  readonly strikeUsd: number;
  /** Contracts, negative when sold. */
  readonly amount: number;
  /** Implied volatility per year and how sure its feed is. */
  readonly volatility: FeedValue;
}

export interface GridPerpetual {
  /** Contracts, negative when short. */
  readonly amount: number;
  readonly price: FeedValue;
  /** Profit and funding that are not in the cash yet. */
  readonly unsettledUsd: number;
}

export interface GridCollateral {
  readonly amount: number;
  readonly price: FeedValue;
  /** Whether its value moves with the underlying in scenarios; other collateral keeps its value. */
  readonly moves: boolean;
  readonly haircut: MarginShares;
}
