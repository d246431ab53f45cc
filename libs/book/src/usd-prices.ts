import type { Address, FeedId } from '@undertow/market';
import { compareText } from './compare-text.ts';
import type { DraftPrice } from './draft.ts';
import { priceAnswer } from './feed-price.ts';
import { feedDecimals, type Ledger } from './ledger.ts';
import type { TrustedFeed } from './named-feed.ts';

/** USD prices that the watched venues themselves use. */
export interface UsdPrices {
  /** Price of an asset by one feed; undefined when the feed is silent, not positive or not in USD. */
  byFeed(feed: FeedId): DraftPrice | undefined;
  /**
   * The asset's price for who has no feed of its own for it: the first feed, by id, that a listed market prices it with;
   * where none does, the first that any market does. So nobody can price what is listed by a market and a feed of their own.
   */
  byAsset(asset: Address): DraftPrice | undefined;
}

/**
 * USD prices by the feeds that the venues' terms name. A feed answers in USD when the terms say so, or when its
 * description ends in `/ USD`.
 */
export function usdPrices(ledger: Ledger, named: readonly TrustedFeed[]): UsdPrices {
  const feedsOfAsset = new Map<Address, TrustedFeed[]>();
  const usdFeeds = new Set<FeedId>();
  for (const feed of ledger.reference.feeds.values()) {
    if (/\/\s*USD$/i.test(feed.description.trim())) usdFeeds.add(feed.id);
  }
  for (const one of named) {
    const { feed, asset, isUsd } = one;
    if (isUsd) usdFeeds.add(feed);
    if (asset) feedsOfAsset.set(asset, [...(feedsOfAsset.get(asset) ?? []), one]);
  }
  const read = (feed: FeedId): DraftPrice | undefined => {
    const answer = priceAnswer(ledger, feed);
    if (!usdFeeds.has(feed) || answer === undefined) return undefined;
    return { feed, answer, usd: Number(answer) / 10 ** feedDecimals(ledger, feed), isRatio: false };
  };
  const known = new Map<FeedId, DraftPrice | undefined>();
  const byFeed = (feed: FeedId) => {
    if (!known.has(feed)) known.set(feed, read(feed));
    return known.get(feed);
  };
  const byAsset = (asset: Address) => {
    const feeds = feedsOfAsset.get(asset) ?? [];
    const listed = feeds.filter(({ isListed }) => isListed);
    const prices = (listed.length > 0 ? listed : feeds)
      .map(({ feed }) => byFeed(feed))
      .filter((price) => price !== undefined);
    return prices.toSorted((a, b) => compareText(a.feed, b.feed))[0];
  };
  return { byFeed, byAsset };
}
