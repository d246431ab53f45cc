import type { AssetSymbol } from '../deploy/listing.ts';

/** When a feed posts, as Chainlink's ETH / USD does on Ethereum: a move of 0.5 %, or an hour without one. */
export const FEED_RULE = { deviation: 0.005, heartbeatSeconds: 3_600 };

export interface FeedState {
  /** Last answer, USD. */
  readonly priceUsd: number;
  /** Unix seconds. */
  readonly updatedAt: number;
}

/** The feeds that have to post a round now, with the price that they post. */
export function roundsDue(
  feeds: ReadonlyMap<AssetSymbol, FeedState>,
  marketUsd: ReadonlyMap<AssetSymbol, number>,
  time: number,
): Map<AssetSymbol, number> {
  const due = new Map<AssetSymbol, number>();
  for (const [symbol, { priceUsd, updatedAt }] of feeds) {
    const market = marketUsd.get(symbol) ?? priceUsd;
    const moved = Math.abs(market / priceUsd - 1) >= FEED_RULE.deviation;
    if (moved || time - updatedAt >= FEED_RULE.heartbeatSeconds) due.set(symbol, market);
  }
  return due;
}
