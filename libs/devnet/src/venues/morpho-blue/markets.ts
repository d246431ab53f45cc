import type { AssetSymbol } from '../../deploy/listing.ts';

export interface MorphoMarketTerms {
  readonly collateral: AssetSymbol;
  readonly loan: AssetSymbol;
  readonly lltvWad: bigint;
  /** False: its oracle asks the collateral's feed alone, and so takes the loan asset for a dollar. */
  readonly hasQuoteFeed: boolean;
}

/** Markets that owners use as they come. 86 % is an enabled LLTV on mainnet. */
const USUAL: readonly MorphoMarketTerms[] = [
  { collateral: 'WETH', loan: 'USDC', lltvWad: 860_000_000_000_000_000n, hasQuoteFeed: true },
  { collateral: 'WBTC', loan: 'USDC', lltvWad: 860_000_000_000_000_000n, hasQuoteFeed: false },
];

/** Markets whose accounts cannot be closed as others are; LLTVs that are enabled on mainnet. */
const HARD: readonly MorphoMarketTerms[] = [
  // Nobody buys the collateral.
  { collateral: 'RWA', loan: 'USDC', lltvWad: 770_000_000_000_000_000n, hasQuoteFeed: true },
  // One account has more collateral than its market takes.
  { collateral: 'CRV', loan: 'USDC', lltvWad: 625_000_000_000_000_000n, hasQuoteFeed: true },
  // One account owes more than its market has.
  { collateral: 'USDC', loan: 'CRV', lltvWad: 625_000_000_000_000_000n, hasQuoteFeed: true },
];

export const MORPHO_MARKETS: readonly MorphoMarketTerms[] = [...USUAL, ...HARD];

/** How many of `MORPHO_MARKETS`, from the first, owners use as they come. */
export const USUAL_MARKETS = USUAL.length;

/** Who has an account in the other markets: the n-th of these is the n-th owner's. */
export const HARD_ACCOUNTS: readonly HardAccount[] = [
  { collateral: 'RWA', collateralUsd: 120_000, health: 1.03 },
  { collateral: 'RWA', collateralUsd: 60_000, health: 1.06 },
  { collateral: 'RWA', collateralUsd: 250_000, health: 1.15 },
  { collateral: 'CRV', collateralUsd: 500_000, health: 1.04 },
  { collateral: 'USDC', collateralUsd: 350_000, health: 1.05 },
];

export interface HardAccount {
  /** Names the market. */
  readonly collateral: AssetSymbol;
  readonly collateralUsd: number;
  /** At the start. */
  readonly health: number;
}
