import { venueSummaries } from '@undertow/book';
import { openBook, type BookSource } from './book-source.ts';
import { jsonPieces } from './json-text.ts';
import { printPieces, printReadable } from './print.ts';
import { venuesText } from './venues-text.ts';

export interface VenuesOptions extends BookSource {
  readonly json?: boolean;
}

/** Prints the venues of a book. */
export async function runVenues(options: VenuesOptions): Promise<void> {
  const { book } = await openBook(options);
  const venues = venueSummaries(book);
  const { chainId, block, hash, coverage } = book;
  if (options.json) return printPieces(jsonPieces({ chainId, block, bookHash: hash, venues, coverage }));
  await printReadable(venuesText(book, venues));
}
