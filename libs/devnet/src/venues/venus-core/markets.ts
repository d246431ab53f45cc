import type { AssetSymbol } from '../../deploy/listing.ts';

/** Terms of a market of the core pool. */
export interface VenusMarket {
  readonly symbol: AssetSymbol;
  /** Ratio up to which may be borrowed against it; it is the liquidation threshold too. */
  readonly collateralFactor: number;
  readonly reserveFactor: number;
}

/** Near those of Venus on BNB Chain (2023). LINK backs nothing, and may be seized all the same. */
export const MARKETS: readonly VenusMarket[] = [
  { symbol: 'WETH', collateralFactor: 0.8, reserveFactor: 0.2 },
  { symbol: 'WBTC', collateralFactor: 0.78, reserveFactor: 0.2 },
  { symbol: 'LINK', collateralFactor: 0, reserveFactor: 0.25 },
  { symbol: 'USDC', collateralFactor: 0.825, reserveFactor: 0.1 },
];

/** The assets that it lists. */
export const LISTED: readonly AssetSymbol[] = MARKETS.map(({ symbol }) => symbol);

/** Share of one debt that a call may repay, and what the liquidator gets for one unit of value repaid. */
export const CLOSE_FACTOR = 0.5;
export const LIQUIDATION_INCENTIVE = 1.1;

export const wad = (ratio: number): bigint => BigInt(Math.round(ratio * 1e9)) * 10n ** 9n;

export function collateralFactorOf(symbol: AssetSymbol): number {
  return MARKETS.find((market) => market.symbol === symbol)?.collateralFactor ?? 0;
}
