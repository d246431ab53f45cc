import type { AssetSymbol } from '../../deploy/listing.ts';

/** A perpetual: the listed asset whose feed is its index, and its own base token. */
export interface PerpMarketPlan {
  readonly symbol: AssetSymbol;
  readonly baseSymbol: string;
}

export const PERP_MARKETS: readonly PerpMarketPlan[] = [
  { symbol: 'WETH', baseSymbol: 'vETH' },
  { symbol: 'WBTC', baseSymbol: 'vBTC' },
];

/** Fee tier of the pools (1 %). The clearing house takes it off again and charges its own instead. */
export const POOL_FEE_PIPS = 10_000;
export const POOL_TICK_SPACING = 200;

/** What the clearing house charges takers, millionths (0.1 %). */
export const EXCHANGE_FEE_RATIO = 1_000;
/**
 * The insurance fund's share of it: none, as a market begins. The fund then moves by liquidations alone, which is what
 * predictions are about.
 */
export const INSURANCE_FUND_FEE_RATIO = 0;

/** `ClearingHouseConfig.initialize`: initial margin 10 %, maintenance margin 6.25 %. */
export const INITIAL_MARGIN = 0.1;
export const MAINTENANCE_MARGIN = 0.0625;

/**
 * Over so many seconds mark prices average pool and index (the protocol starts with 1,800 and 900). Trades of a round of a crash,
 * which takes no time, do not move an average; and it has caught up soon, as over less than ten seconds the contract takes none.
 */
export const MARK_WINDOW_SECONDS = 15;

/** Collateral beside USDC: WETH counts for 70 %, and is sold to liquidators at 10 % off. */
export const COLLATERAL_RATIO = 0.7;
export const COLLATERAL_DISCOUNT = 0.1;

/** Selling this share of all long positions at once moves a pool by this share of its price. */
export const POOL_IMPACT = { share: 1, drop: 0.15 };

/** Liquidity that is there while positions are opened, as a multiple of the usual, so that opening moves no price. */
export const OPENING_LIQUIDITY = 200n;

/** The range of the maker's liquidity, as a factor on the price either way. */
export const RANGE_FACTOR = 20;
