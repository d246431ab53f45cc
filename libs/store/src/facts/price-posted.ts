import type { PricePosted } from '@undertow/market';
import { bigintAt, integerAt, integerCell, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const pricePosted: FactTable<PricePosted> = {
  kind: 'PricePosted',
  table: 'price_posted',
  columns: ['feed', 'answer', 'round', 'updated_at'],
  toCells: (fact) => [
    textCell(fact.feed),
    fact.answer.toString(),
    fact.round.toString(),
    integerCell(fact.updatedAt),
  ],
  fromCells: (key, cells) => ({
    kind: 'PricePosted',
    ...key,
    feed: present(cells, 0),
    answer: bigintAt(cells, 1),
    round: bigintAt(cells, 2),
    updatedAt: integerAt(cells, 3),
  }),
};
