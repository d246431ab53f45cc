import { element, type Markup } from '../markup/element.ts';
import { sentence, type Inline } from '../prose/prose.ts';
import { MEANING } from './term.ts';

/** The word that somebody asked for, with its meaning once it is here. */
export interface Explained {
  readonly word: string;
  /** `undefined` while it is on its way. */
  readonly text: readonly Inline[] | undefined;
}

/** What pops up beside a word: its meaning, as the glossary has it. */
export function meaningCard({ explained }: { readonly explained: Explained | undefined }): Markup {
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
    ],
  );
}
