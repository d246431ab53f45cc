import type { Address, VenueId } from '@undertow/market';
import { assert } from '@undertow/units';
import type { BookFund, BookInstrument } from '../book.ts';
import { compareText } from '../compare-text.ts';
import type { DraftVenue } from '../draft.ts';
import type { AssetRow, OracleRow, VenueRow } from '../rows.ts';

/** How rows that were made before are found. */
interface Rows {
  readonly venueRow: ReadonlyMap<VenueId, VenueRow>;
  readonly assetRow: ReadonlyMap<Address, AssetRow>;
  readonly oracleRow: (asset: Address, feed: string) => OracleRow;
  readonly assets: readonly { readonly decimals: number }[];
}

/** The rows that belong to venues and not to accounts, sorted by what names them: funds and option series. */
export function sharedRows(drafts: ReadonlyMap<VenueId, DraftVenue>, rows: Rows) {
  const venues = [...drafts].sort(([a], [b]) => compareText(a, b));
  const funds = venues.flatMap(([venue, { funds = [] }]) =>
    funds
      .toSorted((a, b) => compareText(a.kind, b.kind) || compareText(a.asset, b.asset))
      .map(({ kind, asset, price, amount }): BookFund => {
        const row = rows.assetRow.get(asset)!;
        return {
          venue: rows.venueRow.get(venue)!,
          kind,
          asset: row,
          oracle: rows.oracleRow(asset, price.feed),
          amount: Number(amount) / 10 ** rows.assets[row]!.decimals,
        };
      }),
  );
  const instruments = venues.flatMap(([venue, { instruments = [] }]) =>
    instruments
      .toSorted((a, b) => compareText(a.id, b.id))
      .map(({ underlying, ...instrument }): BookInstrument => ({
        ...instrument,
        venue: rows.venueRow.get(venue)!,
        underlying: rows.oracleRow(underlying.asset, underlying.price.feed),
      })),
  );
  const rowOf = new Map(instruments.map(({ venue, id }, row) => [`${venue} ${id}`, row]));
  const instrumentRow = (venue: VenueId, id: string): number => {
    const row = rowOf.get(`${rows.venueRow.get(venue)!} ${id}`);
    assert(
      row !== undefined,
      `a leg at ${venue} names the option series ${id}, which its venue does not give`,
    );
    return row;
  };
  return { funds, instruments, instrumentRow };
}
