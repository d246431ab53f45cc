import type { Address, MarketId, VenueId } from '@undertow/market';

/**
 * Terms of a market, all ratios but the caps.
 *
 * - `liquidationThreshold`: a borrowing limit above it is lowered along with it.
 * - `loanToValue`, `liquidationBonus` (0.05 = 5 %), `liquidationProtocolFee` (a share of the bonus).
 * - `supplyCap`, `borrowCap`: whole units of the market's asset.
 */
export const MARKET_TERMS = [
  'liquidationThreshold',
  'loanToValue',
  'liquidationBonus',
  'liquidationProtocolFee',
  'supplyCap',
  'borrowCap',
] as const;
export type MarketTerm = (typeof MARKET_TERMS)[number];

/** Terms of a whole venue, all ratios; see `RepayAndSeizeRule`, `StabilityPoolRule` and `MarginRule`. */
export const VENUE_TERMS = [
  'closeFactor',
  'fullCloseHealthFactor',
  'liquidatorShare',
  'maintenanceMargin',
  'liquidationPenalty',
] as const;
export type VenueTerm = (typeof VENUE_TERMS)[number];

/**
 * How a venue prices an asset.
 *
 * - `constant`: at a price in USD that nothing moves; the present one when none is given.
 * - `market`: where the asset's own market stands.
 * - `rate`: by the price of what the asset is tied to, times the ratio of the tie.
 * - `cap`: as it does, but at most at a price in USD.
 */
export type OracleChange =
  | { readonly form: 'constant'; readonly priceUsd?: number }
  | { readonly form: 'market' }
  | { readonly form: 'rate' }
  | { readonly form: 'cap'; readonly priceUsd: number };

/** One change of terms: what if this were so. `overrideText` writes it as a person would. */
export type TermsOverride =
  | {
      readonly kind: 'market';
      readonly venue: VenueId;
      readonly market: MarketId;
      readonly field: MarketTerm;
      readonly value: number;
    }
  | {
      readonly kind: 'venue';
      readonly venue: VenueId;
      readonly field: VenueTerm;
      readonly value: number;
    }
  | {
      readonly kind: 'oracle';
      readonly venue: VenueId;
      readonly asset: Address;
      readonly to: OracleChange;
    }
  /** All that is known of an asset's depth is multiplied by a number above 0. */
  | { readonly kind: 'depth'; readonly asset: Address; readonly factor: number };
