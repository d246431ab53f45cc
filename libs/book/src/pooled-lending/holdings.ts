import { amountOfShares } from '@undertow/market';
import { maxBigint } from '@undertow/units';
import type { OwedAt } from '../mechanism-book.ts';
import type { Ledger } from '../ledger.ts';
import { pooledVenue } from './account.ts';

/** See `MechanismBook.owed`: what suppliers were credited with, less what is lent, both with interest. */
export function owedByPooled(ledger: Ledger, { venue, asset, time }: OwedAt): bigint | undefined {
  const pooled = pooledVenue(ledger, venue, time);
  const reserve = pooled?.reserves.get(asset)?.reserve;
  const market = ledger.venues.get(venue)?.markets.get(asset);
  if (!pooled || !reserve || !market) return undefined;
  const supplied = maxBigint(0n, market.collateralShares);
  const lent = maxBigint(0n, market.debtShares + market.unreadDebtShares);
  return (
    amountOfShares('collateral', supplied, reserve.incomeIndexRay, pooled.release) -
    amountOfShares('debt', lent, reserve.debtIndexRay, pooled.release)
  );
}
