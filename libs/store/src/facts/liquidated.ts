import type { Liquidated } from '@undertow/market';
import { bigintAt, hexAt, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const liquidated: FactTable<Liquidated> = {
  kind: 'Liquidated',
  table: 'liquidated',
  columns: [
    ...['venue', 'market', 'owner', 'liquidator', 'collateral_asset', 'debt_asset'],
    ...['repaid', 'seized', 'bad_debt', 'transaction'],
  ],
  addedLater: ['transaction'],
  toCells: (fact) => [
    ...[textCell(fact.venue), textCell(fact.market), fact.owner, fact.liquidator],
    ...[fact.collateralAsset, fact.debtAsset],
    ...[fact.repaid.toString(), fact.seized.toString(), fact.badDebt.toString()],
    fact.transaction ?? null,
  ],
  fromCells: (key, cells) => ({
    kind: 'Liquidated',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    owner: hexAt(cells, 2),
    liquidator: hexAt(cells, 3),
    collateralAsset: hexAt(cells, 4),
    debtAsset: hexAt(cells, 5),
    repaid: bigintAt(cells, 6),
    seized: bigintAt(cells, 7),
    badDebt: bigintAt(cells, 8),
    ...(typeof cells[9] === 'string' && { transaction: hexAt(cells, 9) }),
  }),
};
