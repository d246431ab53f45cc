import type { State } from '../../frame/state.ts';
import { table, type Table } from '../../frame/table.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Compared } from './compare.ts';

interface Named extends Pick<Table<Compared>, 'id' | 'caption'> {
  /** What the first of the two runs is called, and the second. */
  readonly before: string;
  readonly after: string;
}

/** Figures of two runs side by side, with what the second has more or less. */
export const compareTable = (
  state: State,
  rows: readonly Compared[],
  { id, caption, before: first, after: second }: Named,
): Markup =>
  table(
    rows,
    {
      ...{ id, caption },
      isInOrder: true,
      columns: [
        {
          name: 'Figure',
          value: ({ name }) => name.trim(),
          also: [{ name: 'Unit', value: ({ unit }) => unit }],
          cell: ({ name }) => element('span', { class: name.startsWith(' ') && 'part' }, name.trim()),
        },
        { name: first, unit: 'count', value: ({ values: [was] }) => was, cell: ({ before }) => before },
        { name: second, unit: 'count', value: ({ values: [, is] }) => is, cell: ({ after }) => after },
        {
          name: 'Difference',
          unit: 'count',
          value: ({ values: [was, is] }) => is - was,
          cell: ({ difference, isWorse }) =>
            element(
              'span',
              { class: isWorse === undefined ? false : isWorse ? 'worse' : 'better' },
              difference,
            ),
        },
      ],
      keyOf: ({ name }) => name,
    },
    state,
  );
