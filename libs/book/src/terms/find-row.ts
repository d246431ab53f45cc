import type { Address, MarketId, VenueId } from '@undertow/market';
import { BadDataError } from '@undertow/units';
import type { BookContent } from '../file/canonical.ts';
import type { AssetRow, MarketRow, VenueRow } from '../rows.ts';

/** @throws BadDataError when the book has no such venue. */
export function venueRow({ venues }: BookContent, id: VenueId): VenueRow {
  const row = venues.findIndex((venue) => venue.id === id);
  if (row !== -1) return row as VenueRow;
  const known = venues.map((venue) => venue.id).join(', ') || 'none';
  throw new BadDataError(`the book has no venue ${id}; it has ${known}`);
}

/** @throws BadDataError when the venue has no such market. */
export function marketRow({ markets }: BookContent, venue: VenueRow, id: MarketId): MarketRow {
  const row = markets.findIndex((market) => market.venue === venue && market.id === id);
  if (row !== -1) return row as MarketRow;
  const own = markets.filter((market) => market.venue === venue).map((market) => market.id);
  throw new BadDataError(`the venue has no market ${id}; it has ${own.join(', ') || 'none'}`);
}

/** @throws BadDataError when the book has no such asset. */
export function assetRow({ assets }: BookContent, address: Address): AssetRow {
  const row = assets.findIndex((asset) => asset.address === address);
  if (row !== -1) return row as AssetRow;
  throw new BadDataError(`the book has no asset ${address}`);
}
