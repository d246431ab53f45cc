import type { TermsPatch } from '@undertow/market';
import type { Ledger } from '../ledger.ts';
import type { NamedFeed } from '../prices/named-feed.ts';

/** What the synthetic asset follows one to one is what the feed prices. */
export function feedsOfOptions(_ledger: Ledger, terms: TermsPatch): NamedFeed[] {
  if (terms.form !== 'option-market' || terms.oracle?.form !== 'feed') return [];
  const { feed } = terms.oracle;
  return [terms.baseAsset, terms.baseFollows]
    .filter((asset) => asset !== undefined)
    .map((asset) => ({ feed, asset, isUsd: true }));
}
