import type { Hex, Quarantined } from '@undertow/market';
import { hexAt, present, textCell } from './cell.ts';
import type { FactTable } from './fact-table.ts';

export const quarantined: FactTable<Quarantined> = {
  kind: 'Quarantined',
  table: 'quarantined',
  columns: ['source', 'reason', 'topics', 'data'],
  toCells: (fact) => [textCell(fact.source), textCell(fact.reason), `{${fact.topics.join(',')}}`, fact.data],
  fromCells: (key, cells) => ({
    kind: 'Quarantined',
    ...key,
    source: present(cells, 0),
    reason: present(cells, 1),
    topics: topicsFrom(present(cells, 2)),
    data: hexAt(cells, 3),
  }),
};

/** Topics are hexadecimal, so the array's text form needs no quoting. */
function topicsFrom(array: string): readonly Hex[] {
  const inside = array.slice(1, -1);
  return inside === '' ? [] : (inside.split(',') as Hex[]);
}
