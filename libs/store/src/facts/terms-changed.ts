import type { TermsChanged, TermsPatch } from '@undertow/market';
import { present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';
import { payloadFromJson, payloadToJson } from './payload.ts';

export const termsChanged: FactTable<TermsChanged> = {
  kind: 'TermsChanged',
  table: 'terms_changed',
  columns: ['venue', 'market', 'patch'],
  toCells: (fact) => [textCell(fact.venue), textCell(fact.market), payloadToJson(fact.patch)],
  fromCells: (key, cells) => ({
    kind: 'TermsChanged',
    ...key,
    venue: present(cells, 0),
    market: present(cells, 1),
    patch: payloadFromJson<TermsPatch>(present(cells, 2)),
  }),
};
