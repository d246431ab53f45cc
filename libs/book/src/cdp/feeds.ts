import type { TermsPatch } from '@undertow/market';
import type { Ledger } from '../ledger.ts';
import type { NamedFeed } from '../prices/named-feed.ts';

/** A native coin is priced by the feed of its wrapped form. */
export function feedsOfCdp(_ledger: Ledger, terms: TermsPatch): NamedFeed[] {
  if (terms.form !== 'cdp' || terms.oracle?.form !== 'feed' || !terms.collateralFollows) return [];
  return [{ feed: terms.oracle.feed, asset: terms.collateralFollows, isUsd: false }];
}
