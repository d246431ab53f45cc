import type { VolatilityChange, VolatilityPosted } from '@undertow/market';
import { present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';
import { payloadFromJson, payloadToJson } from './payload.ts';

export const volatilityPosted: FactTable<VolatilityPosted> = {
  kind: 'VolatilityPosted',
  table: 'volatility_posted',
  columns: ['venue', 'market', 'volatility'],
  toCells: (fact) => [textCell(fact.venue), textCell(fact.market), payloadToJson(fact.volatility)],
  fromCells: (key, cells) => ({
    kind: 'VolatilityPosted',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    volatility: payloadFromJson<VolatilityChange>(present(cells, 2)),
  }),
};
