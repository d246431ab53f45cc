import type { Address, MarketId } from '../id.ts';
import type { OracleRef } from '../oracle-ref.ts';

/** Market id of the terms that all markets of a venue share. */
export const MONEY_MARKET_VENUE_ID: MarketId = 'venue';

/** Terms of one market. Its id is the address of its contract, whose tokens are shares of what it holds and has lent. */
export interface MoneyMarketTerms {
  readonly form: 'money-market';
  readonly asset: Address;
  /** Of the asset. */
  readonly decimals: number;
  /** Share of a supply's value up to which may be borrowed, and below which it is liquidated; wad. */
  readonly collateralFactorWad: bigint;
  /** Tokens of the market may be taken in liquidations. */
  readonly isSeizable: boolean;
  /** `constant`: the price was set by hand, which is not modelled. */
  readonly oracle: OracleRef;
  /** What the venue's oracle knows the asset by. */
  readonly oracleKey: string;
  /** Contract of the interest-rate model, and what it is set to; absent when it is of another kind. */
  readonly rateModelAt: Address;
  readonly rateModel?: KinkedRate;
}

/** An interest-rate model: per block, wad. Rises with utilisation, and more steeply above the kink. */
export interface KinkedRate {
  readonly base: bigint;
  readonly slope: bigint;
  readonly steepSlope: bigint;
  /** Utilisation, wad. */
  readonly kink: bigint;
}

/** Terms that all markets of a venue share. */
export interface MoneyMarketVenueTerms {
  readonly form: 'money-market-venue';
  /** Largest share of one debt that one liquidation may repay, wad. */
  readonly closeFactorWad: bigint;
  /** What a liquidator gets for one unit of value that it repays, wad; 1.1 × 10¹⁸ = 10 % on top. */
  readonly incentiveWad: bigint;
}
