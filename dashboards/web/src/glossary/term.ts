import { element, type Markup, type Piece } from '../markup/element.ts';
import { WORDS, type Word } from './words.ts';

/** The id of the popover that all words share. */
export const MEANING = 'meaning';

const known: ReadonlySet<string> = new Set(WORDS);

/** A word of the glossary in a text: pressed, it says what it means. Other letters than the glossary's may be given. */
export const term = (word: Word, written: string = word): Markup =>
  element('button', { ...opening(word), class: 'word' }, written);

/** A mark beside a heading that is a word of the glossary; nothing beside others. */
export function termMark(heading: string): Piece {
  const word = wordOf(heading);
  if (word === undefined) return undefined;
  return element('button', { ...opening(word), class: 'word-mark', 'aria-label': `What “${word}” means` });
}

/** A heading that is a word of the glossary, as one that can be pressed; others as they are. */
export function headingTerm(heading: string): Piece {
  const word = wordOf(heading);
  return word === undefined ? heading : term(word, heading);
}

/** The word of the glossary that a heading is, in one or in many. */
export function wordOf(heading: string): Word | undefined {
  const text = heading.toLowerCase();
  return [text, text.replace(/s$/, '')].find(isWord);
}

/** The place of a word on the page of all words. */
export const wordId = (word: string): string => `word-${word.replaceAll(/[^a-z0-9]+/g, '-')}`;

const isWord = (text: string): text is Word => known.has(text);

const opening = (word: Word) => ({
  type: 'button',
  'data-act': 'explain',
  'data-word': word,
  popovertarget: MEANING,
  // One popover for all words: a second word shows its own meaning instead of closing that of the first.
  popovertargetaction: 'show',
});
