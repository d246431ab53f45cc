import type { FeedFormula, FormulaPosted } from '@undertow/market';
import { present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';
import { payloadFromJson, payloadToJson } from './payload.ts';

export const formulaPosted: FactTable<FormulaPosted> = {
  kind: 'FormulaPosted',
  table: 'formula_posted',
  columns: ['feed', 'formula'],
  toCells: (fact) => [textCell(fact.feed), fact.formula === null ? null : payloadToJson(fact.formula)],
  fromCells: (key, cells) => ({
    kind: 'FormulaPosted',
    ...key,
    feed: present(cells, 0),
    formula: typeof cells[1] === 'string' ? payloadFromJson<FeedFormula>(cells[1]) : null,
  }),
};
