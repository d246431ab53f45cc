import {
  contentWithTerms,
  withScaledLegs,
  type Book,
  type BookContent,
  type MarketRow,
  type TermsOverride,
} from '@undertow/book';
import { keepsHealth, keepsUse, timesAccounts, type Behaviour } from './borrowing.ts';

/** A market that is filled up to another cap, or emptied down to it. */
export interface Filled {
  readonly marketRow: MarketRow;
  readonly side: 'supplied' | 'borrowed';
  /** The new cap ÷ what is supplied or borrowed now. */
  readonly times: number;
}

/** Several changes of terms at once, and what owners do about them. */
export interface ChangedOf {
  readonly overrides: readonly TermsOverride[];
  readonly behaviour: Behaviour;
  readonly filled?: readonly Filled[];
}

/**
 * A book under several changes at once: debts follow thresholds and maintenance margins, and the used share of limits; who follows a
 * threshold has followed its limit, so that the larger of the two holds. Filled markets are filled by owners like those who are there. The
 * book is only tried, and has no hash.
 *
 * @throws BadDataError where a contract refuses the changes together, and for what the book lacks.
 */
export function changedContent(book: Book, { overrides, behaviour, filled = [] }: ChangedOf): Book {
  const changed = contentWithTerms(book, overrides);
  const factor = factorOf(book, changed, behaviour);
  for (const { marketRow, side, times } of filled) {
    const sign = side === 'supplied' ? 1 : -1;
    const isMeant = (leg: number) => book.legs.market[leg] === marketRow && book.legs.side[leg] === sign;
    const grown = timesAccounts(book, isMeant, times);
    for (const [leg, by] of grown.entries()) factor[leg] = factor[leg]! * by;
  }
  const isSame = factor.every((times) => times === 1);
  return { ...(isSame ? changed : withScaledLegs(changed, factor)), hash: '' };
}

function factorOf(book: Book, changed: BookContent, behaviour: Behaviour): Float64Array {
  const factor = keepsHealth(book, changed);
  if (behaviour === 'keep-debt') return factor.fill(1);
  for (const [leg, times] of keepsUse(book, changed).entries()) factor[leg] = Math.max(factor[leg]!, times);
  return factor;
}
