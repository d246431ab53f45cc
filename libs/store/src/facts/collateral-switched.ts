import type { CollateralSwitched } from '@undertow/market';
import { booleanAt, booleanCell, hexAt, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const collateralSwitched: FactTable<CollateralSwitched> = {
  kind: 'CollateralSwitched',
  table: 'collateral_switched',
  columns: ['venue', 'market', 'owner', 'enabled'],
  toCells: (fact) => [textCell(fact.venue), textCell(fact.market), fact.owner, booleanCell(fact.enabled)],
  fromCells: (key, cells) => ({
    kind: 'CollateralSwitched',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    owner: hexAt(cells, 2),
    enabled: booleanAt(cells, 3),
  }),
};
