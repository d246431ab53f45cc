import type { DataTable } from '../../export/exportable.ts';
import type { Heatmap } from './load.ts';

/** The map as rows: one for each cell, with all its measures. */
export function heatmapData({ rows }: Pick<Heatmap, 'rows'>): DataTable {
  return {
    columns: [
      { name: 'Kind' },
      { name: 'Name' },
      { name: 'Symbol' },
      { name: 'Against' },
      { name: 'Price before', unit: 'USD' },
      { name: 'Move', unit: 'move' },
      { name: 'Loss', unit: 'USD' },
      { name: 'Loss at sale', unit: 'USD' },
      { name: 'Bad debt', unit: 'USD' },
      { name: 'Shortfall', unit: 'USD' },
      { name: 'Stuck', unit: 'USD' },
      { name: 'Liquidated', unit: 'USD' },
      { name: 'Accounts', unit: 'count' },
      { name: 'Rounds', unit: 'count' },
      { name: 'Amplification', unit: 'count' },
      { name: 'Final move', unit: 'move' },
    ],
    rows: rows.flatMap(({ kind, name, symbol, tiedTo, priceUsd, cells }) =>
      cells.map((cell) => [
        ...[kind, name, symbol, tiedTo, priceUsd, cell.move],
        ...[cell.lossUsd, cell.lossAtSaleUsd, cell.badDebtUsd, cell.shortfallUsd, cell.stuckUsd],
        ...[cell.liquidatedUsd, cell.accounts, cell.rounds, cell.amplification, cell.finalMove],
      ]),
    ),
  };
}
