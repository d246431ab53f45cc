import type { ActionTable } from '../frame/action-table.ts';
import type { Store } from '../frame/store.ts';
import { nextSorting } from './order.ts';
import { AS_IT_COMES } from './view.ts';

/** Sorting a table by the head of a column. */
export function tableActions({ get, set }: Store): ActionTable {
  return {
    sort: ({ dataset }) => {
      const { table = '', column = '' } = dataset;
      const { tables } = get();
      const before = tables[table] ?? AS_IT_COMES;
      const sorting = nextSorting(before.sorting, column, dataset['kind'] === 'number');
      set({
        tables: { ...tables, [table]: { ...before, sorting } },
        said: sorting ? `Sorted by ${column}, ${sorting.direction}` : 'Not sorted any more',
      });
    },
  };
}
