import type { HoldingRead } from '@undertow/market';
import { bigintAt, hexAt, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const holdingRead: FactTable<HoldingRead> = {
  kind: 'HoldingRead',
  table: 'holding_read',
  columns: ['venue', 'asset', 'amount'],
  toCells: (fact) => [textCell(fact.venue), fact.asset, fact.amount.toString()],
  fromCells: (key, cells) => ({
    kind: 'HoldingRead',
    ...key,
    venue: present(cells, 0),
    asset: hexAt(cells, 1),
    amount: bigintAt(cells, 2),
  }),
};
