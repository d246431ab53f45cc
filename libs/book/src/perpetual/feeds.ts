import type { TermsPatch } from '@undertow/market';
import type { Ledger } from '../ledger.ts';
import type { NamedFeed } from '../prices/named-feed.ts';

/** The feeds of what counts as margin, and of what positions are in. */
export function feedsOfPerpetuals(_ledger: Ledger, terms: TermsPatch): NamedFeed[] {
  if (terms.form !== 'margin-collateral' && terms.form !== 'perpetual') return [];
  const asset = terms.form === 'perpetual' ? terms.underlying : terms.asset;
  return asset && terms.feed ? [{ feed: terms.feed, asset, isUsd: false }] : [];
}
