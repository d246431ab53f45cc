import type { PairTerms, TermsPatch } from '@undertow/market';
import { feedDecimals, type Ledger } from '../ledger.ts';
import type { NamedFeed } from '../prices/named-feed.ts';
import { resolvePair } from '../resolve-terms.ts';

/** The feeds of a pair whose oracle is one feed over another; one that holds more prices something else. */
export function feedsOfPair(ledger: Ledger, terms: TermsPatch): NamedFeed[] {
  const pair = resolvePair(terms);
  if (!('terms' in pair)) return [];
  const { oracle, collateralAsset, debtAsset } = pair.terms;
  if (oracle.form !== 'ratio' || oracle.base.length !== 1 || oracle.quote.length !== 1) return [];
  // A scale that holds more than units (a vault's rate) makes the feed that of another asset.
  if (!isPlainRatio(ledger, pair.terms)) return [];
  return [
    { feed: oracle.base[0]!, asset: collateralAsset, isUsd: false },
    { feed: oracle.quote[0]!, asset: debtAsset, isUsd: false },
  ];
}

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
