import { wadPerUnit, type PerpetualExposure, type VenueId } from '@undertow/market';
import { priceAnswer } from '../feed-price.ts';
import type { Ledger, LedgerAccount } from '../ledger.ts';
import type { MarginVenue } from './account.ts';

/**
 * What an account that cannot be valued owes, USD, counted as for those that can: quote that was spent and cash that is
 * lacking at one US dollar, base that is owed at the mark price, or at the index where there is no mark price; orders
 * included, pending funding and fees not. Undefined when base is owed and neither price is known.
 */
export function marginDebtUsd(
  ledger: Ledger,
  at: { readonly id: VenueId; readonly venue: MarginVenue },
  { positions }: Pick<LedgerAccount, 'positions'>,
): number | undefined {
  let debtUsd = 0;
  for (const { market, position } of positions.values()) {
    if (position.form !== 'perpetual') return undefined;
    if (position.part === 'cash') {
      debtUsd += owedUsd(position.balance * wadPerUnit(at.venue.terms) + position.owedWad);
      continue;
    }
    const { baseWad, quoteWad } = heldLessOwed(position);
    const baseOwed = owedUsd(baseWad);
    const price = baseOwed > 0 ? basePriceUsd(ledger, at, market) : 0;
    if (price === undefined) return undefined;
    debtUsd += owedUsd(quoteWad) + baseOwed * price;
  }
  return debtUsd;
}

/** What a position holds less what it owes of base and quote, wad; what its orders hold in the pool is not in it. */
function heldLessOwed({ sizeWad, openNotionalWad, orders }: PerpetualExposure) {
  let [baseWad, quoteWad] = [sizeWad, openNotionalWad];
  for (const { baseDebtWad, quoteDebtWad } of orders) {
    baseWad -= baseDebtWad;
    quoteWad -= quoteDebtWad;
  }
  return { baseWad, quoteWad };
}

const owedUsd = (wad: bigint): number => (wad < 0n ? Number(-wad) / 1e18 : 0);

function basePriceUsd(
  ledger: Ledger,
  { id, venue }: { readonly id: VenueId; readonly venue: MarginVenue },
  market: string,
): number | undefined {
  const known = venue.perpetuals.get(market);
  if (known && !('reason' in known)) return Number(known.markWad) / 1e18;
  const terms = ledger.venues.get(id)?.markets.get(market)?.terms;
  if (terms?.form !== 'perpetual' || terms.feed === undefined || terms.feedDecimals === undefined)
    return undefined;
  const index = priceAnswer(ledger, terms.feed);
  return index === undefined ? undefined : Number(index) / 10 ** terms.feedDecimals;
}
