import type { FundKind, FundMoved } from '@undertow/market';
import { bigintAt, hexAt, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const fundMoved: FactTable<FundMoved> = {
  kind: 'FundMoved',
  table: 'fund_moved',
  columns: ['venue', 'fund', 'asset', 'amount_delta'],
  toCells: (fact) => [textCell(fact.venue), fact.fund, fact.asset, fact.amountDelta.toString()],
  fromCells: (key, cells) => ({
    kind: 'FundMoved',
    ...key,
    venue: present(cells, 0),
    fund: present(cells, 1) as FundKind,
    asset: hexAt(cells, 2),
    amountDelta: bigintAt(cells, 3),
  }),
};
