import { amountOfShares, type Address, type VenueId } from '@undertow/market';
import type { DraftGap } from './draft.ts';
import type { Ledger } from './ledger.ts';
import { pooledVenue } from './pooled-lending/account.ts';

/** What rounding alone may take away: one part in a million of what is owed, and a hundred raw units. */
const ROUNDING_PARTS = 1_000_000n;
const ROUNDING_UNITS = 100n;

/**
 * Raw units of a token that a lending venue must hold by its own accounting at a time: what it was given as collateral
 * or to lend, less what it has lent. Suppliers that a snapshot did not read are not in it, so it is at most too low.
 * Undefined where that cannot be said: another mechanism, terms or a release that are not known.
 */
export function owedByVenue(
  ledger: Ledger,
  { venue, asset, time }: { readonly venue: VenueId; readonly asset: Address; readonly time: number },
): bigint | undefined {
  const markets = ledger.venues.get(venue)?.markets;
  switch (ledger.reference.venues.get(venue)?.mechanism) {
    case 'pooled-lending': {
      const pooled = pooledVenue(ledger, venue, time);
      const reserve = pooled?.reserves.get(asset)?.reserve;
      const market = markets?.get(asset);
      if (!pooled || !reserve || !market) return undefined;
      const { collateralShares, debtShares, unreadDebtShares } = market;
      const lent = atLeastZero(debtShares + unreadDebtShares);
      return (
        amountOfShares('collateral', atLeastZero(collateralShares), reserve.incomeIndexRay, pooled.release) -
        amountOfShares('debt', lent, reserve.debtIndexRay, pooled.release)
      );
    }
    case 'isolated-pair': {
      let owed = 0n;
      for (const { terms, totals, collateralShares } of markets?.values() ?? []) {
        if (terms?.form !== 'pair') continue;
        if (terms.debtAsset === asset) owed += totals.supplyAssets - totals.debtAssets;
        if (terms.collateralAsset === asset) owed += collateralShares;
      }
      return owed;
    }
    default:
      return undefined;
  }
}

/**
 * Tokens of which a venue holds less than it owes: they take a fee on transfers or rebase, or were lost. Accounts are
 * exact by the venue's accounting all the same, but what is owed of such a token is not all there to be paid out.
 */
export function holdingGaps(ledger: Ledger): DraftGap[] {
  return [...ledger.venues].flatMap(([venue, { holdings }]) =>
    [...holdings].flatMap(([asset, { held, owed }]): DraftGap[] => {
      const missing = owed - held;
      if (missing <= owed / ROUNDING_PARTS + ROUNDING_UNITS) return [];
      const percent = Number((missing * 1_000n) / owed) / 10;
      const symbol = ledger.reference.assets.get(asset)?.symbol ?? asset;
      const reason = `holds ${percent} % less ${symbol} than its accounting says: a fee on transfer, rebasing or a loss`;
      return [{ source: venue, reason, count: 1, unit: 'asset', debtUsd: undefined }];
    }),
  );
}

const atLeastZero = (value: bigint) => (value < 0n ? 0n : value);
