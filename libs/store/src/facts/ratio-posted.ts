import type { RatioPosted } from '@undertow/market';
import { bigintAt, hexAt } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const ratioPosted: FactTable<RatioPosted> = {
  kind: 'RatioPosted',
  table: 'ratio_posted',
  columns: ['asset', 'of_asset', 'ratio_wad'],
  toCells: (fact) => [fact.asset, fact.of, fact.ratioWad.toString()],
  fromCells: (key, cells) => ({
    kind: 'RatioPosted',
    ...key,
    asset: hexAt(cells, 0),
    of: hexAt(cells, 1),
    ratioWad: bigintAt(cells, 2),
  }),
};
