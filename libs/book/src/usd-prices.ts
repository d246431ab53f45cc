import type { Address, FeedId, PairTerms } from '@undertow/market';
import { compareText } from './compare-text.ts';
import type { DraftPrice } from './draft.ts';
import type { Ledger } from './ledger.ts';
import { resolvePair, resolveReserve } from './resolve-terms.ts';

/** USD prices that the watched venues themselves use. */
export interface UsdPrices {
  /** Price of an asset by one feed; undefined when the feed is silent, not positive or not in USD. */
  byFeed(feed: FeedId): DraftPrice | undefined;
  /** The asset's price for who has no feed of its own for it: the first feed, by id, that a venue prices it with. */
  byAsset(asset: Address): DraftPrice | undefined;
}

/**
 * Finds which feeds answer in USD: those that a pooled venue prices its reserves and categories with (its base
 * currency), and those whose description ends in `/ USD`; and which assets they price.
 */
export function usdPrices(ledger: Ledger): UsdPrices {
  const feedsOfAsset = new Map<Address, FeedId[]>();
  const usdFeeds = new Set<FeedId>();
  for (const feed of ledger.reference.feeds.values()) {
    if (/\/\s*USD$/i.test(feed.description.trim())) usdFeeds.add(feed.id);
  }
  const add = (asset: Address, feed: FeedId) =>
    feedsOfAsset.set(asset, [...(feedsOfAsset.get(asset) ?? []), feed]);
  for (const { markets } of ledger.venues.values()) {
    for (const { terms } of markets.values()) {
      if (terms?.form === 'category' && terms.oracle?.form === 'feed') usdFeeds.add(terms.oracle.feed);
      // A native coin is priced by the feed of its wrapped form.
      if (terms?.form === 'cdp' && terms.oracle?.form === 'feed' && terms.collateralFollows)
        add(terms.collateralFollows, terms.oracle.feed);
      if (terms?.form === 'option-market' && terms.oracle?.form === 'feed') {
        usdFeeds.add(terms.oracle.feed);
        // What the synthetic asset follows one to one is what the feed prices.
        for (const asset of [terms.baseAsset, terms.baseFollows]) if (asset) add(asset, terms.oracle.feed);
      }
      const reserve = resolveReserve(terms);
      if (!('terms' in reserve) || reserve.terms.oracle.form !== 'feed') continue;
      usdFeeds.add(reserve.terms.oracle.feed);
      add(reserve.terms.asset, reserve.terms.oracle.feed);
    }
  }
  for (const { markets } of ledger.venues.values()) {
    for (const { terms } of markets.values()) {
      const pair = resolvePair(terms);
      if (!('terms' in pair)) continue;
      const { oracle, collateralAsset, debtAsset } = pair.terms;
      if (oracle.form !== 'ratio' || oracle.base.length !== 1 || oracle.quote.length !== 1) continue;
      // A scale that holds more than units (a vault's rate) makes the feed that of another asset.
      if (!isPlainRatio(ledger, pair.terms)) continue;
      add(collateralAsset, oracle.base[0]!);
      add(debtAsset, oracle.quote[0]!);
    }
  }
  for (const { markets } of ledger.venues.values()) {
    for (const { terms } of markets.values()) {
      if (terms?.form === 'margin-collateral' && terms.asset && terms.feed) add(terms.asset, terms.feed);
      if (terms?.form === 'perpetual' && terms.underlying && terms.feed) add(terms.underlying, terms.feed);
    }
  }
  const read = (feed: FeedId): DraftPrice | undefined => {
    const answer = ledger.prices.get(feed)?.answer;
    if (!usdFeeds.has(feed) || answer === undefined || answer <= 0n) return undefined;
    return { feed, answer, usd: Number(answer) / 10 ** feedDecimals(ledger, feed), isRatio: false };
  };
  const known = new Map<FeedId, DraftPrice | undefined>();
  const byFeed = (feed: FeedId) => {
    if (!known.has(feed)) known.set(feed, read(feed));
    return known.get(feed);
  };
  const byAsset = (asset: Address) => {
    const prices = (feedsOfAsset.get(asset) ?? []).map(byFeed).filter((price) => price !== undefined);
    return prices.toSorted((a, b) => compareText(a.feed, b.feed))[0];
  };
  return { byFeed, byAsset };
}

/** Decimals of every Chainlink USD feed and of the base currency of pooled venues. */
const USD_DECIMALS = 8;

const feedDecimals = (ledger: Ledger, feed: FeedId) =>
  ledger.reference.feeds.get(feed)?.decimals ?? USD_DECIMALS;

/** Whether a pair's oracle is its one base feed over its one quote feed, brought to units and nothing else. */
function isPlainRatio(ledger: Ledger, { oracle, collateralAsset, debtAsset }: PairTerms): boolean {
  const collateral = ledger.reference.assets.get(collateralAsset)?.decimals;
  const debt = ledger.reference.assets.get(debtAsset)?.decimals;
  if (oracle.form !== 'ratio' || collateral === undefined || debt === undefined) return false;
  const [base, quote] = [oracle.base[0], oracle.quote[0]];
  if (base === undefined || quote === undefined) return false;
  const exponent = 36 + debt - collateral + feedDecimals(ledger, quote) - feedDecimals(ledger, base);
  return exponent >= 0 && oracle.scaleFactor === 10n ** BigInt(exponent);
}
