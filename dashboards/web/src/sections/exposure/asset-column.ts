import { element } from '../../markup/element.ts';
import type { Column } from '../../frame/table.ts';

/** The column of the asset that a row is of: read by its symbol, kept in files by its address too. */
export function assetColumn<
  Row extends { readonly asset: { readonly address: string; readonly symbol: string } },
>(name = 'Asset'): Column<Row> {
  return {
    name,
    value: ({ asset }) => asset.symbol,
    cell: ({ asset }) => element('span', { title: asset.address }, asset.symbol),
    also: [{ name: `${name} id`, value: ({ asset }) => asset.address }],
  };
}
