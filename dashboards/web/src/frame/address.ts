import { shortAddress } from '../format/address.ts';
import { element, type Markup } from '../markup/element.ts';

/** An address cut short, whole in its title, copied by a click. */
export function address(full: string): Markup {
  return element(
    'button',
    {
      type: 'button',
      class: 'address',
      'data-act': 'copy',
      'data-text': full,
      title: `${full} – click to copy`,
    },
    shortAddress(full),
  );
}
