import type { DataTable } from '../../export/exportable.ts';
import type { ReproductionLine } from './load.ts';

/** The curves as rows: one for each asset and move of its price; a move is a ratio, -0.2 = 20 % down. */
export function reproductionData(lines: readonly ReproductionLine[]): DataTable {
  return {
    columns: [
      { name: 'Asset' },
      { name: 'Asset id' },
      { name: 'Move', unit: 'move' },
      { name: 'Reproduction number', unit: 'count' },
    ],
    rows: lines.flatMap(({ asset, points }) =>
      points.map(({ move, reproduction }) => [asset.symbol, asset.address, move, reproduction]),
    ),
  };
}
