import type { Address, FeedId, VenueId } from '@undertow/market';

/**
 * One outside move, a ratio above -1: -0.3 = 30 % down, 0.2 = 20 % up. A move is that of the thing's own price in USD, all
 * told: naming ETH and wstETH at -0.3 moves both by 30 %.
 *
 * - `reference`: a family's price, by symbol (`ETH`); all that is tied to it moves along.
 * - `asset`: an asset's own price. Of an asset that is its reference, that moves; of a tied one it is its discount: a depeg. What
 *   has a market of its own then trades there alone, as nobody exchanges it at the ratio; oracles by the rate do not follow.
 * - `market`: where an asset trades, and no feed follows.
 * - `rate`: what one unit is redeemed for, such as after a slashing: oracles by the rate follow, and it is still redeemed.
 * - `feed`: what one feed answers, from now on, while its market stays.
 * - `oracle`: what a venue believes of an asset, while its market and its feeds stay: a wrong cap, a wrong adapter. Without a
 *   venue, all oracles of the asset.
 * - `landed`: the answer that is due arrives: every oracle of an asset, or of all assets, goes from what it says to what the asset
 *   trades at (`Scenario.landsAtUsd`, else `marketPrices`), while markets stay. Its number is the share of that way: 1 = all of it. What has no market price
 *   stays where it is.
 */
export type Move =
  | { readonly kind: 'reference'; readonly symbol: string; readonly move: number }
  | { readonly kind: 'asset'; readonly asset: Address; readonly move: number }
  | { readonly kind: 'market'; readonly asset: Address; readonly move: number }
  | { readonly kind: 'rate'; readonly asset: Address; readonly move: number }
  | { readonly kind: 'feed'; readonly feed: FeedId; readonly move: number }
  | { readonly kind: 'oracle'; readonly asset: Address; readonly venue?: VenueId; readonly move: number }
  | { readonly kind: 'landed'; readonly asset?: Address; readonly move: number };

/** What is asked of a run: what moves, and how those who act behave. */
export interface Scenario {
  readonly moves: readonly Move[];
  /** Move of all implied volatilities, a ratio: 0.5 = half as much again. Default 0; above -1. */
  readonly volatilityMove?: number;
  /** What all depth is multiplied by. Default 1; above 0. */
  readonly depthFactor?: number;
  /**
   * What assets trade at for what lands, USD per unit by address, where somebody knows more than the book's own markets: what is not
   * named has no market then. Default: `marketPrices`. Nobody sells there.
   */
  readonly landsAtUsd?: Readonly<Record<Address, number>>;
  readonly policies?: Partial<Policies>;
  /** Rounds after which the run stops and says that it has not converged. Default 1,000. */
  readonly maxRounds?: number;
}

/** How those who act behave: data, so that a scenario can be sent, stored and repeated. */
export interface Policies {
  readonly liquidators: LiquidatorPolicy;
  readonly oracles: OraclePolicy;
  /** What the depositors of a stability pool do with the collateral that they get. */
  readonly depositors: 'sell' | 'hold';
}

/**
 * - `rational`: act only while what the collateral brings, sold where the market then stands, exceeds what the repayment
 *   costs there, pool fees and `gasUsd` per call included.
 * - `unlimited`: act on everybody who is due, for as much as the contract allows, at any loss: an upper bound on selling.
 * - `capital`: rational, and all calls of a round together repay at most `capitalUsd`: what is out comes back with the round.
 */
export type LiquidatorPolicy =
  | { readonly kind: 'rational'; readonly gasUsd: number }
  | { readonly kind: 'unlimited' }
  | { readonly kind: 'capital'; readonly gasUsd: number; readonly capitalUsd: number };

/**
 * When oracles follow the market: `between` rounds, or `within` a round, after every call, each of which then moves a price by
 * at most `WITHIN_MOVE`. What real feeds do lies between the two.
 */
export type OraclePolicy = 'between' | 'within';

/** What is done when a scenario does not say. */
export const DEFAULT_POLICIES: Policies = {
  liquidators: { kind: 'rational', gasUsd: 0 },
  oracles: 'between',
  depositors: 'sell',
};

/** How far one call may move a price while oracles follow within a round, a ratio: small against every liquidation bonus. */
export const WITHIN_MOVE = 0.01;
