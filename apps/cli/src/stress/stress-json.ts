import type { Book } from '@undertow/book';
import { moveName } from '@undertow/cascade';
import type { PathPoint, ReverseStress, WholeReproduction } from '@undertow/sweep';

/** Answers of reverse stress and a reproduction curve as what JSON can say; moves have names. Money in USD. */
export const stressJson = (
  book: Book,
  {
    answers,
    points,
  }: { readonly answers: readonly ReverseStress[]; readonly points: readonly WholeReproduction[] },
): object => ({
  bookHash: book.hash,
  chainId: book.chainId,
  block: book.block,
  ...(answers.length > 0 && {
    reverse: answers.map(({ nearest, ...answer }) => ({
      ...answer,
      nearest: nearest && { ...named(book, nearest), path: nearest.path.map((point) => named(book, point)) },
    })),
  }),
  ...(points.length > 0 && { reproduction: points }),
  coverage: book.coverage,
});

const named = (book: Book, { distance, lossUsd, moves }: PathPoint) => ({
  distance,
  lossUsd,
  moves: moves.map((move) => ({ name: moveName(book, move), ...move })),
});
