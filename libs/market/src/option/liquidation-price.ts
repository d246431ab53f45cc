import { isOptionLiquidatable, type MarginPosition, type SeriesState } from './margin.ts';
import { isCallOption } from './position.ts';
import type { MarginTerms } from './terms.ts';

export interface OptionLiquidationPriceOf {
  readonly position: MarginPosition & { readonly collateral: bigint };
  readonly series: Omit<SeriesState, 'spotWad'>;
  readonly terms: MarginTerms;
  /** Raw units of the feed × this = wad. */
  readonly answerScale: bigint;
}

/** Answers are searched below this: 2⁸⁰ × 10⁻⁸ is 1.2e16 USD. */
const MOST_BITS = 80n;

/**
 * Raw answer of the feed at which a short position becomes liquidatable: for a call the lowest at which it is, for a
 * put the highest. undefined when no answer makes it so, or every one does. What must be put up for a call grows with
 * the price and for a put falls with it, but for the last digits that the model rounds; the answer found is one at
 * which the position is liquidatable and one raw unit further it is not. Source: `OptionToken.canLiquidate`.
 */
export function optionLiquidationAnswer(of: OptionLiquidationPriceOf): bigint | undefined {
  const { position, series, terms, answerScale } = of;
  const isDue = (answer: bigint) =>
    isOptionLiquidatable(position, { ...series, spotWad: answer * answerScale }, terms);
  const isCall = isCallOption(position.type);
  let [safe, due] = isCall ? [1n, 1n << MOST_BITS] : [1n << MOST_BITS, 1n];
  if (isDue(safe) || !isDue(due)) return undefined;
  while (due - safe !== 1n && safe - due !== 1n) {
    const middle = (safe + due) >> 1n;
    if (isDue(middle)) due = middle;
    else safe = middle;
  }
  return due;
}
