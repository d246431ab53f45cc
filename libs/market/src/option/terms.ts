import type { Address, MarketId } from '../id.ts';
import type { OracleRef } from '../oracle-ref.ts';

/** Terms of an option venue as a whole; market id `options`. Groups are replaced as a whole when they change. */
export interface OptionMarketTerms {
  readonly form: 'option-market';
  /** Cash that options are paid in, which the venue takes for a dollar. */
  readonly quoteAsset: Address;
  /** What options are written on: a synthetic asset that follows another one to one. */
  readonly baseAsset: Address;
  readonly baseFollows: Address;
  /** Price of the base asset. */
  readonly oracle: OracleRef;
  /** Nothing can be traded or liquidated: of the market, and of all markets that share the exchange. */
  readonly isMarketPaused: boolean;
  readonly isGlobalPaused: boolean;
  readonly averaging: AveragingTerms;
  readonly margin: MarginTerms;
  readonly closing: ClosingTerms;
  readonly fees: FeeTerms;
  readonly varianceFee: VarianceFeeTerms;
  readonly limits: LimitTerms;
  readonly penalty: PenaltyTerms;
  /** Fee for turning base into quote at the oracle's price, wad. */
  readonly exchangeFeeWad: bigint;
  /**
   * Not a term, but said like one, because no log gives it and the newest is what counts: what all that the liquidity
   * pool holds is worth less what it owes on options, quote, wad (`LiquidityPool.getTotalPoolValueQuote`).
   */
  readonly poolValueWad?: bigint;
}

/** Of `OptionGreekCache.GreekCacheParameters`. */
export interface AveragingTerms {
  /** Period of the average that the present volatility is compared with, seconds. */
  readonly variancePeriod: bigint;
  /** Bounds of a skew within averages, wad. */
  readonly skewFloorWad: bigint;
  readonly skewCapWad: bigint;
  readonly rateAndCarryWad: bigint;
}

/** `OptionGreekCache.MinCollateralParameters`. */
export interface MarginTerms {
  /** Least collateral of a position, in quote and in base, wad. */
  readonly leastQuoteWad: bigint;
  readonly leastBaseWad: bigint;
  /** Volatility that a position must survive: A up to `pointA` seconds to expiry, B from `pointB` on, linear between. */
  readonly shockVolatilityAWad: bigint;
  readonly pointA: bigint;
  readonly shockVolatilityBWad: bigint;
  readonly pointB: bigint;
  /** Price ÷ present price that a position must survive. */
  readonly callSpotShockWad: bigint;
  readonly putSpotShockWad: bigint;
}

/** Of `OptionGreekCache.ForceCloseParameters`: what a liquidation is priced with. */
export interface ClosingTerms {
  readonly volatilityPeriod: bigint;
  readonly skewPeriod: bigint;
  /** Factor on the averaged volatility, and the one after the trading cut-off. */
  readonly volatilityShockWad: bigint;
  readonly lateVolatilityShockWad: bigint;
  /** Least price over intrinsic value, as a share of the underlying's price. */
  readonly leastOfSpotWad: bigint;
}

/** A fee that grows with the time to expiry: `coefficient` up to `pointA` seconds, twice that at `pointB`. */
export interface TimedFee {
  readonly coefficientWad: bigint;
  readonly pointA: bigint;
  readonly pointB: bigint;
}

/** `OptionMarketPricer.PricingParameters`. */
export interface FeeTerms {
  /** On the premium, and on the value of the underlying. */
  readonly ofPremium: TimedFee;
  readonly ofSpot: TimedFee;
  readonly vegaCoefficientWad: bigint;
  /** Contracts that move the board's volatility by one percentage point, and the share by which they move the skew. */
  readonly standardSizeWad: bigint;
  readonly skewAdjustmentWad: bigint;
}

/** `OptionMarketPricer.VarianceFeeParameters`, for liquidations. */
export interface VarianceFeeTerms {
  readonly coefficientWad: bigint;
  readonly skewCoefficientWad: bigint;
  readonly referenceSkewWad: bigint;
  readonly leastSkewWad: bigint;
  readonly vegaCoefficientWad: bigint;
  readonly leastVegaWad: bigint;
  readonly varianceCoefficientWad: bigint;
  readonly leastVarianceWad: bigint;
}

/** Of `OptionMarketPricer.TradeLimitParameters`. */
export interface LimitTerms {
  /** Seconds before expiry from which on only forced closes are possible. */
  readonly cutoff: bigint;
  readonly leastSkewWad: bigint;
  readonly mostSkewWad: bigint;
  readonly capsSkew: boolean;
}

/** `OptionToken.PartialCollateralParameters`. */
export interface PenaltyTerms {
  /** Share of the collateral left after the price that is taken as penalty. */
  readonly penaltyWad: bigint;
  /** Shares of the penalty for the liquidator and the security module; the pool gets the rest. */
  readonly liquidatorShareWad: bigint;
  readonly securityShareWad: bigint;
  /** Least penalty, quote. */
  readonly leastFeeWad: bigint;
}

/** Terms of all series of one expiry; market id `board:<n>`. */
export interface OptionBoardTerms {
  readonly form: 'option-board';
  /** Unix seconds. */
  readonly expiry: number;
  /** Nothing can be traded or liquidated. */
  readonly isFrozen: boolean;
  /** Price of the underlying at which it was settled; absent before. */
  readonly settlementPriceWad?: bigint;
}

/** Terms of one series; market id `strike:<n>`. */
export interface OptionSeriesTerms {
  readonly form: 'option-series';
  readonly board: MarketId;
  readonly strikePriceWad: bigint;
}

/** Id of the terms of the venue as a whole. */
export const OPTION_MARKET_ID: MarketId = 'options';
export const optionBoardId = (board: bigint): MarketId => `board:${board}`;
export const optionSeriesId = (strike: bigint): MarketId => `strike:${strike}`;
