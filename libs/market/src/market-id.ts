import type { Address, MarketId } from './id.ts';

/** Market id of an e-mode category's terms. */
export function categoryMarketId(category: number): MarketId {
  return `category:${category}`;
}

/** Market id of a reserve's terms within an e-mode category. */
export function memberMarketId(category: number, asset: Address): MarketId {
  return `category:${category}:${asset}`;
}
