import { element, type Markup } from '../markup/element.ts';
import { sentence } from '../prose/prose.ts';
import type { State } from '../frame/state.ts';
import { MEANING, wordId } from './term.ts';

/** What pops up beside a word: its meaning, as the glossary has it. */
export function meaningCard({ explained, carried }: Pick<State, 'explained' | 'carried'>): Markup {
  return element(
    'div',
    {
      id: MEANING,
      class: 'card menu meaning',
      popover: 'auto',
      role: 'dialog',
      'aria-label': 'Meaning of a word',
      key: 'meaning',
    },
    explained !== undefined && [
      element('b', {}, explained.word),
      element('p', {}, explained.text ? sentence(explained.text) : '…'),
      element('a', { href: `/data${carried}#${wordId(explained.word)}` }, 'All words'),
    ],
  );
}
