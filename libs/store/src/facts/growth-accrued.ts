import type { GrowthChange, GrowthAccrued } from '@undertow/market';
import { present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';
import { payloadFromJson, payloadToJson } from './payload.ts';

export const growthAccrued: FactTable<GrowthAccrued> = {
  kind: 'GrowthAccrued',
  table: 'growth_accrued',
  columns: ['venue', 'market', 'growth'],
  toCells: (fact) => [textCell(fact.venue), textCell(fact.market), payloadToJson(fact.growth)],
  fromCells: (key, cells) => ({
    kind: 'GrowthAccrued',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    growth: payloadFromJson<GrowthChange>(present(cells, 2)),
  }),
};
