import type { LegChanged, LegSide } from '@undertow/market';
import { bigintAt, hexAt, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const legChanged: FactTable<LegChanged> = {
  kind: 'LegChanged',
  table: 'leg_changed',
  columns: ['venue', 'market', 'owner', 'side', 'shares_delta'],
  toCells: (fact) => [
    textCell(fact.venue),
    textCell(fact.market),
    fact.owner,
    fact.side,
    fact.sharesDelta.toString(),
  ],
  fromCells: (key, cells) => ({
    kind: 'LegChanged',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    owner: hexAt(cells, 2),
    side: present(cells, 3) as LegSide,
    sharesDelta: bigintAt(cells, 4),
  }),
};
