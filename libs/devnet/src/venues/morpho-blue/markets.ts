import type { AssetSymbol } from '../../deploy/listing.ts';

/** A market against USDC. */
export interface MorphoMarketTerms {
  readonly collateral: AssetSymbol;
  readonly lltvWad: bigint;
  /** False: its oracle asks the collateral's feed alone, and so takes USDC for a dollar. */
  readonly hasQuoteFeed: boolean;
}

/** 86 % is an enabled LLTV on mainnet. */
export const MORPHO_MARKETS: readonly MorphoMarketTerms[] = [
  { collateral: 'WETH', lltvWad: 860_000_000_000_000_000n, hasQuoteFeed: true },
  { collateral: 'WBTC', lltvWad: 860_000_000_000_000_000n, hasQuoteFeed: false },
];
