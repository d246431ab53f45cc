/**
 * What a market can absorb of one asset, against one quote asset: concentrated liquidity as a step function. Which assets
 * they are is said by whoever holds the curve. Prices are quote units per asset unit; `sqrtPrice` are their roots.
 *
 * Segment i covers `sqrtPrice[i] … sqrtPrice[i + 1]` with liquidity `liquidity[i]` (both assets in whole
 * units), so `sqrtPrice` has one entry more than `liquidity`. Selling moves the price down. Within a
 * segment: Δ(1/√P) = Δasset ÷ L and Δ√P = Δquote ÷ L (Uniswap v3 white paper, eq. 6.13–6.16).
 */
export interface DepthCurve {
  /** Ascending. */
  readonly sqrtPrice: Float64Array;
  readonly liquidity: Float64Array;
  /** Root of the price before any trade; within or at the ends of the curve. */
  readonly startSqrtPrice: number;
  /** Share of the input that the pool keeps, such as 0.003. */
  readonly feeRatio: number;
  /**
   * True where the fee is a share of the quote whichever way one trades: all that is sold then moves the price. So a clearing house
   * charges beside its pool. Absent = false.
   */
  readonly feeOnQuote?: boolean;
}

/** Result of trading along a curve. */
export interface Fill {
  /** Asset units sold or bought. */
  readonly filled: number;
  /** What the curve could not take, asset units. */
  readonly unfilled: number;
  /** Quote units received (sell) or paid (buy), fee included. */
  readonly quoteAmount: number;
  readonly sqrtPriceAfter: number;
}
