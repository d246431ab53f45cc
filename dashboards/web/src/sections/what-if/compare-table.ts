import type { State } from '../../frame/state.ts';
import { table, type Table } from '../../frame/table.ts';
import { byUnit } from '../../table/by-unit.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Compared } from './compare.ts';

interface Named extends Pick<Table<Compared>, 'id' | 'caption'> {
  /** What the first of the two runs is called, and the second. */
  readonly before: string;
  readonly after: string;
}

/** Figures of two runs side by side, with what the second has more or less; in files a column for each unit. */
export function compareTable(
  state: State,
  rows: readonly Compared[],
  { id, caption, before: first, after: second }: Named,
): Markup {
  const figure = (name: string, value: (row: Compared) => number) =>
    byUnit(rows, { name, unitOf: ({ unit }) => unit, value });
  return table(
    rows,
    {
      ...{ id, caption },
      isInOrder: true,
      columns: [
        {
          name: 'Figure',
          value: ({ name }) => name.trim(),
          cell: ({ name }) => element('span', { class: name.startsWith(' ') && 'part' }, name.trim()),
        },
        { ...figure(first, ({ values: [was] }) => was), cell: ({ before }) => before },
        { ...figure(second, ({ values: [, is] }) => is), cell: ({ after }) => after },
        {
          ...figure('Difference', ({ values: [was, is] }) => is - was),
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
}
