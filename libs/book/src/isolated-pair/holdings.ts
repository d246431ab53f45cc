import type { OwedAt } from '../mechanism-book.ts';
import type { Ledger } from '../ledger.ts';

/** See `MechanismBook.owed`: over all pairs, collateral, and what lenders own less what is lent. */
export function owedByPairs(ledger: Ledger, { venue, asset }: OwedAt): bigint {
  let owed = 0n;
  for (const { terms, totals, collateralShares } of ledger.venues.get(venue)?.markets.values() ?? []) {
    if (terms?.form !== 'pair') continue;
    if (terms.debtAsset === asset) owed += totals.supplyAssets - totals.debtAssets;
    if (terms.collateralAsset === asset) owed += collateralShares;
  }
  return owed;
}
