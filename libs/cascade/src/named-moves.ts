import type { Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { moveName, moveNamed } from './moved-names.ts';
import type { Move } from './scenario.ts';

/** What moves as a person names it, see `moveNamed`, and by how much: -0.3 = 30 % down. */
export interface NamedMove {
  readonly what: string;
  readonly move: number;
}

/**
 * The moves that a person means, in the order given; the same thing named twice with one move is named once.
 *
 * @throws BadDataError as `moveNamed` does, and for moves that contradict each other.
 */
export function namedMoves(book: Book, named: readonly NamedMove[]): Move[] {
  const found = new Map<string, { readonly move: Move; readonly what: string }>();
  for (const { what, move: ratio } of named) {
    const move = moveNamed(book, what, ratio);
    const name = moveName(book, move);
    const before = found.get(name);
    if (before && before.move.move !== ratio)
      throw new BadDataError(
        before.what === what
          ? `${name} is moved twice, by different amounts: name it once.`
          : `${before.what} and ${what} are both ${name}, and are moved by different amounts: name it once.`,
      );
    if (!before) found.set(name, { move, what });
  }
  const moves = [...found.values()].map(({ move }) => move);
  refuseOverlap(book, moves);
  return moves;
}

/** An oracle of one venue is among all oracles of its asset: the engine would move it by both. */
function refuseOverlap(book: Book, moves: readonly Move[]): void {
  const oracles = moves.filter((move) => move.kind === 'oracle');
  for (const all of oracles.filter(({ venue }) => venue === undefined)) {
    const one = oracles.find(({ venue, asset }) => venue !== undefined && asset === all.asset);
    if (!one) continue;
    throw new BadDataError(
      `${moveName(book, one)} is one of ${moveName(book, all)}: name every venue by itself, or all together.`,
    );
  }
}
