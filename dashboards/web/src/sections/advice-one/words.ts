import { element, type Piece } from '../../markup/element.ts';
import { percent, usd } from '../../format/number.ts';
import type { OneAdvice } from './load.ts';

const LOSSES_WORDS: Readonly<Record<OneAdvice['asked']['lossesOf'], string>> = {
  all_venues: 'all that is lost anywhere',
  venue: 'what is lost at the venue',
  added: 'what the market’s accounts add to the losses of all venues',
};

/** What was asked, in a sentence. */
export function askedWords({
  confidence,
  toleranceUsd,
  toleranceShare,
  lossesOf,
  behaviour,
}: OneAdvice['asked']): string {
  const most =
    toleranceUsd === null ? `${percent(toleranceShare, 3)} of what is borrowed` : usd(toleranceUsd);
  const acts =
    behaviour === 'keep_health'
      ? 'Owners change their debts until they stand as far from the line as before.'
      : 'Nobody pays back when terms change: liquidators deal at once with whom a line makes liquidatable.';
  return `Tolerated: an expected shortfall of ${most} at ${percent(confidence, 2)}, of ${LOSSES_WORDS[lossesOf]}. ${acts}`;
}

/** A sentence that must not be overlooked: an advice writes its warning in capitals. */
export const isLoud = (sentence: string): boolean => /^(?:WARNING|TOXIC)\b|\bEXCEEDS?\b/.test(sentence);

/** Sentences one below the other, those that must not be overlooked as warnings. */
export const sentences = (words: readonly string[]): Piece =>
  words.map((sentence, at) =>
    element('p', { key: `words ${at}`, class: isLoud(sentence) ? 'problem' : undefined }, sentence),
  );
