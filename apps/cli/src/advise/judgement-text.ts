import type { Judgement } from '@undertow/advice';
import type { Book } from '@undertow/book';
import { heightText } from '../height-text.ts';
import { proseWidth } from '../terminal-width.ts';
import { wrapText } from '../wrap-text.ts';
import { lossesTable, madeDueTable } from './evidence-text.ts';

/** What a change that somebody typed comes to, for a terminal: whom it hits first. */
export function judgementText(book: Book, judgement: Judgement, width: number): string {
  const prose = (text: string) => wrapText(text, proseWidth(width)).join('\n');
  const { words, missing, madeDue } = judgement;
  const isLoud = (sentence: string) => sentence.startsWith('WARNING') || sentence.startsWith('TOXIC');
  const blocks = [
    words
      .filter(isLoud)
      .map((sentence) => prose(`!! ${sentence}`))
      .join('\n'),
    prose(words.filter((sentence) => !isLoud(sentence)).join(' ')),
    lossesTable(judgement),
    madeDueTable(madeDue),
    missing.map(({ name, why, follows }) => prose(`- missing, ${name}: ${why}; ${follows}.`)).join('\n'),
    `${heightText(book)}. Inputs ${judgement.inputsHash.slice(0, 12)}….`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
