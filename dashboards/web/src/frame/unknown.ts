import { element, type Piece } from '../markup/element.ts';

/** What an address names and nobody knows, with what there is instead. */
export function unknownThing(what: string, name: string, known: readonly Piece[]): Piece {
  return [
    element('p', { class: 'problem', key: 'unknown', role: 'alert' }, `There is no ${what} “${name}” here.`),
    known.length > 0 && [
      element('p', { class: 'lead', key: 'there' }, 'There is:'),
      element(
        'ul',
        { class: 'plain columns-of-links', key: 'known' },
        known.map((one) => element('li', {}, one)),
      ),
    ],
  ];
}
