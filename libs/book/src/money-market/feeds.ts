import type { TermsPatch } from '@undertow/market';
import type { Ledger } from '../ledger.ts';
import type { NamedFeed } from '../prices/named-feed.ts';

/** A venue prices all of its markets in USD, by one feed each. */
export function feedsOfMoneyMarket(_ledger: Ledger, terms: TermsPatch): NamedFeed[] {
  if (terms.form !== 'money-market' || terms.oracle?.form !== 'feed' || !terms.asset) return [];
  return [{ feed: terms.oracle.feed, asset: terms.asset, isUsd: true }];
}
