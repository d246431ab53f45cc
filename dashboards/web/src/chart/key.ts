import { element, type Markup } from '../markup/element.ts';

/** Colours and what they stand for. */
export function colourKey(entries: readonly { readonly name: string; readonly colour: string }[]): Markup {
  return element(
    'ul',
    { class: 'key' },
    entries.map(({ name, colour }) =>
      element(
        'li',
        { key: name },
        element(
          'svg',
          { width: 12, height: 12, 'aria-hidden': 'true' },
          element('rect', { width: 12, height: 12, rx: 3, fill: colour }),
        ),
        name,
      ),
    ),
  );
}
