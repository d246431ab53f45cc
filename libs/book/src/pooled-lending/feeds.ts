import type { TermsPatch } from '@undertow/market';
import type { Ledger } from '../ledger.ts';
import type { NamedFeed } from '../prices/named-feed.ts';
import { resolveReserve } from '../resolve-terms.ts';

/** A pooled venue prices its reserves and categories in its base currency, which is USD. */
export function feedsOfPooled(_ledger: Ledger, terms: TermsPatch): NamedFeed[] {
  if (terms.form === 'category')
    return terms.oracle?.form === 'feed' ? [{ feed: terms.oracle.feed, isUsd: true }] : [];
  const reserve = resolveReserve(terms);
  if (!('terms' in reserve) || reserve.terms.oracle.form !== 'feed') return [];
  return [{ feed: reserve.terms.oracle.feed, asset: reserve.terms.asset, isUsd: true }];
}
