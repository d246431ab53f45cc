import type { Address, FeedId } from '../id.ts';

/**
 * Terms of a venue's margin accounts: market id = the settlement token. Ratios in millionths (E6). Raw integers, as the
 * protocol stores them. Source: Perp v2 `ClearingHouseConfig`, `CollateralManager`.
 */
export interface SettlementTerms {
  readonly form: 'settlement';
  /** The token that profit and loss are settled in, and its decimals (18 at most). */
  readonly asset: Address;
  readonly decimals: number;
  /** The virtual dollar that positions are quoted in, 18 decimals. One is one settlement token. */
  readonly quoteAsset: Address;
  /** Whose account the insurance fund is. */
  readonly insuranceFund: Address;
  readonly initialMarginE6: bigint;
  readonly maintenanceMarginE6: bigint;
  /** Of the notional that is liquidated: half to the liquidator, half to the insurance fund. */
  readonly liquidationPenaltyE6: bigint;
  /** Window of the averages that funding compares, and the largest premium, as a share of the index. */
  readonly fundingWindowSeconds: number;
  readonly maxFundingRateE6: bigint;
  /** Windows of the mark price: of the pool's average, and of the premium over the index. */
  readonly markWindowSeconds: number;
  readonly premiumWindowSeconds: number;
  /** Collateral may be sold below maintenance margin + this. */
  readonly collateralMarginBufferE6: bigint;
  /** Collateral may be sold when the debt is more than this share of its counted value. */
  readonly debtToCollateralE6: bigint;
  /** Collateral may be sold when the debt is more than this, raw units of the settlement token. */
  readonly debtThreshold: bigint;
  /** Share of the debt that one sale of collateral may repay, unless the debt is at most the dust. */
  readonly collateralLiquidationE6: bigint;
  readonly collateralDust: bigint;
  /** Share of what is repaid by a sale of collateral that goes to the insurance fund. */
  readonly collateralFundFeeE6: bigint;
}

/** A token other than the settlement token that counts as margin: market id = the token. */
export interface MarginCollateralTerms {
  readonly form: 'margin-collateral';
  readonly asset: Address;
  readonly decimals: number;
  /** Share of its value that counts. */
  readonly ratioE6: bigint;
  /** What a liquidator pays less than its value. */
  readonly discountE6: bigint;
  readonly feed: FeedId;
  readonly feedDecimals: number;
}

/** A perpetual: market id = the base token. */
export interface PerpetualTerms {
  readonly form: 'perpetual';
  readonly baseAsset: Address;
  /** The token whose price the index is. */
  readonly underlying: Address;
  readonly pool: Address;
  /** What takers pay on their quote amount, and the insurance fund's share of it. */
  readonly exchangeFeeE6: bigint;
  readonly insuranceFundFeeE6: bigint;
  readonly feed: FeedId;
  readonly feedDecimals: number;
  /** A paused or closed market is priced at a fixed price, which is not modelled. */
  readonly status: 'open' | 'paused' | 'closed';
}

/** What the contracts are initialised with and no event says. Source: `ClearingHouseConfig.initialize` of 2.8. */
export const initialSettlementTerms = {
  initialMarginE6: 100_000n,
  maintenanceMarginE6: 62_500n,
  liquidationPenaltyE6: 25_000n,
  maxFundingRateE6: 100_000n,
  fundingWindowSeconds: 900,
  markWindowSeconds: 1_800,
  premiumWindowSeconds: 900,
} as const satisfies Partial<SettlementTerms>;
