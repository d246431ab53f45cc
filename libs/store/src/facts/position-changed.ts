import type { PositionChange, PositionChanged } from '@undertow/market';
import { hexAt, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';
import { payloadFromJson, payloadToJson } from './payload.ts';

export const positionChanged: FactTable<PositionChanged> = {
  kind: 'PositionChanged',
  table: 'position_changed',
  columns: ['venue', 'market', 'owner', 'position', 'change'],
  toCells: (fact) => [
    ...[textCell(fact.venue), textCell(fact.market), fact.owner],
    ...[textCell(fact.position), payloadToJson(fact.change)],
  ],
  fromCells: (key, cells) => ({
    kind: 'PositionChanged',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    owner: hexAt(cells, 2),
    position: present(cells, 3),
    change: payloadFromJson<PositionChange>(present(cells, 4)),
  }),
};
