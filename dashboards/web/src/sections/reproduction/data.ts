import type { DataTable } from '../../export/exportable.ts';
import type { ReproductionLine } from './load.ts';

/** The curves as rows: one for each asset and drop; a drop is a ratio downwards, 0.2 = 20 % down. */
export function reproductionData(lines: readonly ReproductionLine[]): DataTable {
  return {
    columns: [
      { name: 'Asset' },
      { name: 'Asset id' },
      { name: 'Drop', unit: 'ratio' },
      { name: 'Reproduction number', unit: 'count' },
    ],
    rows: lines.flatMap(({ symbol, asset, points }) =>
      points.map(({ drop, reproduction }) => [symbol, asset, drop, reproduction]),
    ),
  };
}
