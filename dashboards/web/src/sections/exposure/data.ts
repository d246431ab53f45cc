import type { DataTable } from '../../export/exportable.ts';
import { venueName } from '../../format/venue.ts';
import type { Exposures } from './load.ts';

/** The matrix as rows: one for each asset at each venue that has any of it. */
export function exposureData({ assets, venues }: Pick<Exposures, 'assets' | 'venues'>): DataTable {
  const known = new Map(assets.map((one) => [one.asset.address, one]));
  return {
    columns: [
      { name: 'Venue' },
      { name: 'Venue id' },
      { name: 'Asset' },
      { name: 'Asset id' },
      { name: 'Reference' },
      { name: 'Price', unit: 'USD' },
      { name: 'Held', unit: 'USD' },
      { name: 'Owed', unit: 'USD' },
      { name: 'Net', unit: 'USD' },
    ],
    rows: venues.flatMap(({ venue, cells }) =>
      cells
        .filter(({ collateralUsd, debtUsd }) => collateralUsd !== 0 || debtUsd !== 0)
        .map(({ asset, collateralUsd, debtUsd, netUsd }) => {
          const { asset: { symbol } = {}, reference, priceUsd } = known.get(asset.address) ?? {};
          return [
            venueName(venue),
            venue,
            symbol,
            asset.address,
            reference,
            priceUsd,
            collateralUsd,
            debtUsd,
            netUsd,
          ];
        }),
    ),
  };
}
