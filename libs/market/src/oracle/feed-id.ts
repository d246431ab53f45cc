import type { Address, FeedId, VenueId } from '../id.ts';

/** The contract that a feed's answers are asked of, and how. */
export type FeedPlace =
  /** A Chainlink aggregator, its proxy, or an adapter that answers like one. */
  | { readonly kind: 'feed'; readonly address: Address }
  /** What so many raw shares of a vault are worth (ERC-4626). */
  | { readonly kind: 'vault'; readonly address: Address; readonly sample: bigint }
  /** An oracle's own price. */
  | { readonly kind: 'price'; readonly address: Address };

/** Where a feed is asked, as its id says; undefined for an id that no contract stands behind. */
export function feedPlace(feed: FeedId): FeedPlace | undefined {
  if (/^0x[0-9a-f]{40}$/.test(feed)) return { kind: 'feed', address: feed as Address };
  const [, kind, contract, sample] = /^.+:(price|vault):(0x[0-9a-f]{40})(?::(\d{1,78}))?$/.exec(feed) ?? [];
  const address = contract as Address;
  if (kind === 'price' && sample === undefined) return { kind, address };
  if (kind === 'vault' && sample !== undefined) return { kind, address, sample: BigInt(sample) };
  return undefined;
}

/** Id of the feed that is an oracle's own price. */
export function priceFeedId(venue: VenueId, oracle: Address): FeedId {
  return `${venue}:price:${oracle}`;
}

/** Id of the feed that is what some raw shares of a vault are worth. */
export function vaultFeedId(venue: VenueId, vault: Address, sample: bigint): FeedId {
  return `${venue}:vault:${vault}:${sample}`;
}
