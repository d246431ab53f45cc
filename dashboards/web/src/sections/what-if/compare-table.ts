import { table } from '../../frame/table.ts';
import { element, type Markup } from '../../markup/element.ts';
import type { Compared } from './compare.ts';

/** Figures of two runs side by side, with what the second has more or less. */
export const compareTable = (
  caption: string,
  rows: readonly Compared[],
  names: { readonly before: string; readonly after: string },
): Markup =>
  table(
    caption,
    [
      {
        name: 'Figure',
        cell: ({ name }) => element('span', { class: name.startsWith(' ') && 'part' }, name.trim()),
      },
      { name: names.before, isNumber: true, cell: ({ before }) => before },
      { name: names.after, isNumber: true, cell: ({ after }) => after },
      {
        name: 'Difference',
        isNumber: true,
        cell: ({ difference, isWorse }) =>
          element(
            'span',
            { class: isWorse === undefined ? false : isWorse ? 'worse' : 'better' },
            difference,
          ),
      },
    ],
    rows,
    ({ name }) => name,
  );
