import type { Address, MarketId, VenueId } from '@undertow/market';
import { compareText } from './compare-text.ts';
import type { Ledger } from './ledger.ts';

/** Names one account: an owner at a pooled venue, or an owner in one isolated pair. */
export interface AccountName {
  readonly venue: VenueId;
  readonly owner: Address;
  /** The pair; undefined at a pooled venue, where an account spans all reserves. */
  readonly market: MarketId | undefined;
}

/** Every account that owes something, sorted by venue, owner and market. Venues that are not in the reference have none. */
export function accountsWithDebt(ledger: Ledger): AccountName[] {
  const names: AccountName[] = [];
  for (const [id, venue] of ledger.venues) {
    const mechanism = ledger.reference.venues.get(id)?.mechanism;
    if (mechanism === undefined) continue;
    for (const [owner, account] of venue.accounts) {
      const owing = [...account.legs].filter(([, leg]) => leg.debtShares !== 0n).map(([market]) => market);
      if (mechanism === 'isolated-pair') {
        for (const market of owing) names.push({ venue: id, owner, market });
      } else if (owing.length > 0) names.push({ venue: id, owner, market: undefined });
    }
  }
  return names.sort(
    (a, b) =>
      compareText(a.venue, b.venue) ||
      compareText(a.owner, b.owner) ||
      compareText(a.market ?? '', b.market ?? ''),
  );
}
