import type { MarketId, VenueId } from '@undertow/market';
import type { BookMarket } from '../book.ts';
import { compareText } from '../compare-text.ts';
import type { DraftAccount, DraftVenue } from '../draft.ts';
import type { Ledger } from '../ledger.ts';
import type { VenueRow } from '../rows.ts';
import { nameOf } from './name-of.ts';
import { nestedRows } from './oracle-rows.ts';

/** Markets in the order of their rows. */
export interface MarketRows {
  readonly names: readonly (readonly [VenueId, MarketId])[];
  readonly rows: readonly BookMarket[];
  readonly rowOf: (venue: VenueId, market: MarketId) => number;
}

/** Key of a market among those of all venues; no id has a space in it. */
export const marketKey = (venue: string, market: string) => `${venue} ${market}`;

/** The markets in which some account has a leg, or whose terms apply to one; by venue, then id. */
export function marketRows(
  ledger: Ledger,
  accounts: readonly DraftAccount[],
  of: {
    readonly venueRow: ReadonlyMap<VenueId, VenueRow>;
    readonly drafts: ReadonlyMap<VenueId, DraftVenue>;
  },
): MarketRows {
  const found = new Map<VenueId, Set<MarketId>>();
  for (const { venue, legs } of accounts) {
    const ids = found.get(venue) ?? new Set();
    found.set(venue, ids);
    for (const { market, termsMarket } of legs) {
      ids.add(market);
      if (termsMarket !== undefined) ids.add(termsMarket);
    }
  }
  const names = [...found.keys()]
    .sort(compareText)
    .flatMap((venue) => [...found.get(venue)!].sort(compareText).map((market) => [venue, market] as const));
  const rowsByName = nestedRows(names);
  return {
    names,
    rows: names.map(([venue, market]): BookMarket => {
      const draft = of.drafts.get(venue);
      const caps = draft?.caps?.get(market);
      return {
        venue: of.venueRow.get(venue)!,
        id: market,
        label: draft?.labels?.get(market) ?? labelOf(ledger, venue, market),
        supplyCap: caps?.supply,
        borrowCap: caps?.borrow,
      };
    }),
    rowOf: (venue, market) => rowsByName.get(venue)!.get(market)!,
  };
}

function labelOf(ledger: Ledger, venue: string, market: string): string {
  const terms = ledger.venues.get(venue)?.markets.get(market)?.terms;
  if (terms?.form === 'reserve' && terms.asset) return nameOf(ledger, terms.asset).symbol;
  if (terms?.form !== 'pair' || !terms.collateralAsset || !terms.debtAsset) return market;
  const pair = `${nameOf(ledger, terms.collateralAsset).symbol}/${nameOf(ledger, terms.debtAsset).symbol}`;
  return `${pair} ${Number((Number(terms.liquidationThresholdWad ?? 0n) / 1e16).toFixed(2))} %`;
}
