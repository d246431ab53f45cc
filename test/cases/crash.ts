import { importBook, type Book } from '@undertow/book';
import { moveNamed, simulate, type CascadeResult } from '@undertow/cascade';
import { oldBookFile, type OldAsset, type OldBookParts } from '../../libs/book/src/fixtures/old-book-file.ts';

export const USDC: OldAsset = { symbol: 'USDC', decimals: 6, priceUsd: 1 };

/** The book of a file of version 3 of such parts. */
export const bookOf = (parts: OldBookParts): Book => importBook(oldBookFile(parts));

/** What comes of moves, each named as a person types it. */
export function crash(
  book: Book,
  moves: Readonly<Record<string, number>>,
  { isBandRun = true }: { readonly isBandRun?: boolean } = {},
): CascadeResult {
  const named = Object.entries(moves).map(([what, move]) => moveNamed(book, what, move));
  return simulate(book, { moves: named }, { band: isBandRun });
}

/** The path of an asset from before the shock to the end. */
export const pathOf = ({ byAsset }: CascadeResult, symbol: string) =>
  byAsset.find((path) => path.symbol === symbol)!;

/** What the scenario did to an asset before anybody reacted. */
export const moveOf = ({ moves }: CascadeResult, symbol: string) =>
  moves.find((move) => move.symbol === symbol)!;
