import type { Book } from '../book.ts';
import { hashBook, type BookContent } from '../file/canonical.ts';
import type { TermsOverride } from './override.ts';
import { withDepth } from './set-depth.ts';
import { withMarketTerm } from './set-market-term.ts';
import { withOracle } from './set-oracle.ts';
import { withVenueTerm } from './set-venue-term.ts';
import { checkTerms } from './check-terms.ts';

/**
 * The book as it would be with other terms: who owes and holds what stays, and so do prices. Of several overrides of one term of a
 * market or a venue the last holds, as if it were alone; ways to price an asset and factors of depth follow on each other. The book
 * that comes of it has a hash of its own; without overrides it is the book itself.
 *
 * @throws BadDataError for what the book lacks, for a term that a venue does not have, and for a value that its contract would
 *   refuse.
 */
export function withTerms(book: Book, overrides: readonly TermsOverride[]): Book {
  if (overrides.length === 0) return book;
  const { hash: _, ...rest } = contentWithTerms(book, overrides) as Book;
  return { ...rest, hash: hashBook(rest) };
}

/**
 * As `withTerms`, without the hash: for who tries hundreds of terms on a large book, where hashing costs as much as running it.
 *
 * @throws BadDataError as `withTerms`.
 */
export function contentWithTerms(book: BookContent, overrides: readonly TermsOverride[]): BookContent {
  let content = book;
  for (const override of lastOfEach(overrides)) content = changed(content, override);
  checkTerms(content, overrides);
  return content;
}

/** Without those of terms that are set again later: what they would take along, such as a borrowing limit, is not taken along. */
function lastOfEach(overrides: readonly TermsOverride[]): TermsOverride[] {
  const keys = overrides.map((one) => {
    if (one.kind === 'market') return `${one.venue}\n${one.field}\n${one.market}`;
    return one.kind === 'venue' ? `${one.venue}\n${one.field}` : undefined;
  });
  return overrides.filter((_, at) => keys[at] === undefined || keys.lastIndexOf(keys[at]) === at);
}

function changed(book: BookContent, override: TermsOverride): BookContent {
  switch (override.kind) {
    case 'market':
      return withMarketTerm(book, override);
    case 'venue':
      return withVenueTerm(book, override);
    case 'oracle':
      return withOracle(book, override);
    case 'depth':
      return withDepth(book, override);
  }
}
