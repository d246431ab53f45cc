import { limitsBorrowing, overrideText, type Book, type TermsOverride } from '@undertow/book';
import type { MadeDue, WhatIf } from '@undertow/cascade';
import { dollars, money } from '../compact-numbers.ts';
import { figureTable } from '../figure-table.ts';
import { proseWidth } from '../terminal-width.ts';
import { wrapText } from '../wrap-text.ts';
import { accountPlace } from './account-place.ts';
import { beforeAndAfterText } from './before-and-after-text.ts';
import { movesText } from './moves-text.ts';
import { contextText, headlineText } from './result-text.ts';

/** Accounts that are listed; the rest is counted. */
const MOST_ACCOUNTS = 8;

/** What a change of terms does to a scenario. */
export interface ShownWhatIf {
  /** Under its own terms. */
  readonly book: Book;
  readonly overrides: readonly TermsOverride[];
  readonly answer: WhatIf;
}

/** A scenario before and after a change of terms, side by side; first of all whom the change alone lets be liquidated. */
export function whatIfText(shown: ShownWhatIf, width: number): string {
  const prose = proseWidth(width);
  const { book, answer } = shown;
  const { before, after } = answer;
  const parts = [
    madeDueText(shown, prose),
    changedText(shown, prose),
    `BEFORE THE CHANGE\n${headlineText(before, prose)}`,
    `AFTER THE CHANGE\n${headlineText(after, prose)}`,
    beforeAndAfterText(before, after),
    contextText(book, before, prose),
    movedText(answer, { book, width: prose }),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function madeDueText({ book, answer }: ShownWhatIf, width: number): string {
  const { madeDue, madeDueUsd } = answer;
  if (madeDue.length === 0) return 'The change alone makes nobody liquidatable at present prices.';
  const many = madeDue.length === 1 ? '1 ACCOUNT' : `${madeDue.length.toLocaleString('en-US')} ACCOUNTS`;
  const they = madeDue.length === 1 ? 'it owes' : 'together they owe';
  const loud = `!! THE CHANGE ALONE MAKES ${many} LIQUIDATABLE, at present prices and before any shock: ${they} ${dollars(madeDueUsd)}.`;
  const drawn = figureTable<MadeDue>(madeDue, {
    title: 'Made liquidatable, largest debt first',
    columns: [
      { head: 'Owner', of: ({ owner }) => owner },
      { head: 'Venue', of: (account) => accountPlace(book, account), isWords: true },
      { head: 'Debt USD', of: ({ debtUsd }) => money(debtUsd) },
      { head: 'Health\nbefore', of: ({ healthBefore }) => healthBefore.toFixed(3) },
      { head: 'Health\nafter', of: ({ healthAfter }) => Math.min(healthAfter, 0.999).toFixed(3) },
    ],
    most: MOST_ACCOUNTS,
    rest: (left) => `together they owe ${dollars(left.reduce((sum, { debtUsd }) => sum + debtUsd, 0))}`,
  });
  return [...wrapText(loud, width), drawn].join('\n');
}

/** What was changed, and which of it a cascade cannot show. */
function changedText({ book, overrides, answer }: ShownWhatIf, width: number): string {
  const lines = [`Changed: ${answer.overrides.join('; ')}.`];
  const quiet = overrides.filter(limitsBorrowing).map((override) => overrideText(book, override));
  if (quiet.length > 0)
    lines.push(
      `NOTE: caps and loan-to-value limit new borrowing only, and nobody borrows in a cascade. ${quiet.join('; ')} changes no figure here, so that no difference is no result about it.`,
    );
  return lines.flatMap((line) => wrapText(line, width)).join('\n');
}

/** What moved before anybody reacted, twice where the change lets oracles move otherwise. */
function movedText(
  { before, after, book: changed }: WhatIf,
  { book, width }: { readonly book: Book; readonly width: number },
): string {
  const [first, second] = [movesText(book, before, width), movesText(changed, after, width)];
  return first === second ? first : `BEFORE THE CHANGE\n${first}\n\nAFTER THE CHANGE\n${second}`;
}
