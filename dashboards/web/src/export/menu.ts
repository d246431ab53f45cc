import { element, type Piece } from '../markup/element.ts';
import { exported, type Exportable } from './exportable.ts';
import { FORMATS } from './format.ts';

/** At the head of a panel: all of it that can be kept as files, each in every format; nothing where there is nothing. */
export function exportMenu(
  panel: { readonly id: string; readonly title: string },
  all: readonly Exportable[],
): Piece {
  if (all.length === 0) return undefined;
  const id = `${panel.id}-export`;
  const menu = element(
    'div',
    { class: 'export', key: 'export' },
    element(
      'button',
      {
        type: 'button',
        class: 'small',
        popovertarget: id,
        'aria-label': `Export: files of “${panel.title}”`,
      },
      'Export',
    ),
    element(
      'div',
      { id, class: 'card menu', popover: 'auto', role: 'dialog', 'aria-label': `Files of “${panel.title}”` },
      element(
        'ul',
        {},
        all.map(({ id: what, title }) =>
          element(
            'li',
            { key: what },
            element('span', {}, title),
            element(
              'span',
              { class: 'formats' },
              FORMATS.map((format) =>
                element(
                  'button',
                  {
                    type: 'button',
                    class: 'small',
                    'data-act': 'export',
                    'data-export': what,
                    'data-format': format,
                    'aria-label': `${format.toUpperCase()} of ${title}`,
                  },
                  format.toUpperCase(),
                ),
              ),
            ),
          ),
        ),
      ),
    ),
  );
  return exported(menu, ...all);
}
