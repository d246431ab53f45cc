import type { CategoryChosen } from '@undertow/market';
import { hexAt, integerAt, integerCell, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const categoryChosen: FactTable<CategoryChosen> = {
  kind: 'CategoryChosen',
  table: 'category_chosen',
  columns: ['venue', 'owner', 'category'],
  toCells: (fact) => [textCell(fact.venue), fact.owner, integerCell(fact.category)],
  fromCells: (key, cells) => ({
    kind: 'CategoryChosen',
    ...key,
    venue: present(cells, 0),
    owner: hexAt(cells, 1),
    category: integerAt(cells, 2),
  }),
};
