import type { AssetSymbol } from '../../deploy/listing.ts';

/** Morpho markets, collateral against USDC. 86 % is an enabled LLTV on mainnet. */
export const MORPHO_MARKETS: readonly { readonly collateral: AssetSymbol; readonly lltvWad: bigint }[] = [
  { collateral: 'WETH', lltvWad: 860_000_000_000_000_000n },
  { collateral: 'WBTC', lltvWad: 860_000_000_000_000_000n },
];
