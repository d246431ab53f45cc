import type { AccountRow, Book } from '@undertow/book';
import { referencesOf } from './distance.ts';

/** Symbols of all references of a book but the dollar: what prices in USD are wanted of. */
export const bookSymbols = ({ references }: Book): string[] =>
  references.map(({ symbol }) => symbol).filter((symbol) => symbol !== 'USD');

/**
 * Symbols whose prices in USD tell what accounts may lose: of the references that they hang on, and of assets of the dollar, whose price
 * is their own discount. The price of any other asset has its reference's in it, which would count twice.
 */
export function ownedSymbols(book: Book, rows: readonly AccountRow[]): string[] {
  const { accounts, legs, assets, references } = book;
  const found = new Set(rows.flatMap((row) => referencesOf(book, row)).map((row) => references[row]!.symbol));
  for (const row of rows)
    for (let leg = accounts.legStart[row]!; leg < accounts.legStart[row + 1]!; leg++) {
      const { symbol, reference } = assets[legs.asset[leg]!]!;
      if (references[reference]!.symbol === 'USD') found.add(symbol);
    }
  return [...found];
}
