/** The assets of the local chain. */
export type AssetSymbol = 'WETH' | 'WBTC' | 'LINK' | 'USDC' | 'CRV' | 'RWA';

export interface Listing {
  readonly symbol: AssetSymbol;
  /** What its feed prices, as Chainlink calls it: the coin of a wrapped one. */
  readonly priced: string;
  readonly decimals: number;
  /** At the start. */
  readonly priceUsd: number;
  /**
   * Value in its pool against USDC on each side of the price, USD; 0 = it has no pool. Absent: as much as the accounts
   * that hold it need.
   */
  readonly depthUsd?: number;
}

export const LISTINGS: readonly Listing[] = [
  { symbol: 'WETH', priced: 'ETH', decimals: 18, priceUsd: 3_000 },
  { symbol: 'WBTC', priced: 'BTC', decimals: 8, priceUsd: 60_000 },
  { symbol: 'LINK', priced: 'LINK', decimals: 18, priceUsd: 15 },
  { symbol: 'USDC', priced: 'USDC', decimals: 6, priceUsd: 1, depthUsd: 0 },
  // A market that is smaller than what one account holds, or owes.
  { symbol: 'CRV', priced: 'CRV', decimals: 18, priceUsd: 2, depthUsd: 200_000 },
  // A tokenised real-world asset: it has a price, and nobody there who buys it.
  { symbol: 'RWA', priced: 'RWA', decimals: 18, priceUsd: 100, depthUsd: 0 },
];

export const SYMBOLS: readonly AssetSymbol[] = LISTINGS.map(({ symbol }) => symbol);

/** Decimals of the answers of every feed. */
export const FEED_DECIMALS = 8;

export function listingOf(symbol: AssetSymbol): Listing {
  const listing = LISTINGS.find((candidate) => candidate.symbol === symbol);
  if (!listing) throw new Error(`bug: no listing for ${symbol}`);
  return listing;
}

/** What the feed of an asset calls itself. */
export const feedLabel = (symbol: AssetSymbol): string => `${listingOf(symbol).priced} / USD`;

/** Raw units of an amount of an asset, floored to nine significant fraction digits. */
export function rawUnits(symbol: AssetSymbol, amount: number): bigint {
  const { decimals } = listingOf(symbol);
  const digits = Math.min(decimals, 9);
  return BigInt(Math.floor(amount * 10 ** digits)) * 10n ** BigInt(decimals - digits);
}

/** Raw units of an asset worth an amount of USD at its listed price. */
export function unitsForUsd(symbol: AssetSymbol, valueUsd: number): bigint {
  return rawUnits(symbol, valueUsd / listingOf(symbol).priceUsd);
}

/** Value of raw units of an asset at a price (default: its listed one), USD. */
export function usdOfUnits(
  symbol: AssetSymbol,
  amount: bigint,
  priceUsd = listingOf(symbol).priceUsd,
): number {
  return (Number(amount) / 10 ** listingOf(symbol).decimals) * priceUsd;
}
