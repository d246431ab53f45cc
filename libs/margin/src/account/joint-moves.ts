import { moveNamed, type Scenario } from '@undertow/cascade';
import type { Book } from '@undertow/book';
import type { Deviations } from './distance.ts';

/** How many standard deviations each factor is moved by, either way. */
const MULTIPLES = [2, 4, 6] as const;
/** What each factor is moved by where no deviation is known, ratios: as the margin report's own grid goes. */
const PLAIN_MOVES = [-0.1, 0.1, -0.2, 0.2, -0.3, 0.3, -0.5, 0.5] as const;
/** Moves of all implied volatilities that go with each move of prices, ratios. */
const VOLATILITY_MOVES = [-0.25, 0, 0.5] as const;

/**
 * A grid of joint scenarios: all factors down together, all up together, and each alone either way, by two, four and six of its standard
 * deviations, each with implied volatilities lower, as they are, and higher where the book has options.
 *
 * @throws BadDataError for a factor that the book does not have.
 */
export const jointMoves = (book: Book, deviations: Deviations): Scenario[] =>
  together(
    book,
    [...deviations].map(([name, deviation]) => ({
      name,
      moves: MULTIPLES.flatMap((multiple) =>
        [-multiple, multiple].map((signed) => Math.expm1(signed * deviation)),
      ),
    })),
  );

/**
 * The same grid by moves of 10, 20, 30 and 50 % either way, for factors whose deviations are not known.
 *
 * @throws BadDataError for a factor that the book does not have.
 */
export const plainMoves = (book: Book, factors: readonly string[]): Scenario[] =>
  together(
    book,
    factors.map((name) => ({ name, moves: PLAIN_MOVES })),
  );

/** Scenarios of all factors together, and of each alone; every factor has as many moves. */
function together(
  book: Book,
  factors: readonly { readonly name: string; readonly moves: readonly number[] }[],
): Scenario[] {
  const named = factors.map(({ name, moves }) => ({ named: moveNamed(book, name, 0), moves }));
  const groups = named.length > 1 ? [named, ...named.map((factor) => [factor])] : [named];
  const volatilities = book.instruments.length > 0 ? VOLATILITY_MOVES : ([0] as const);
  return groups.flatMap((group) =>
    (group[0]?.moves ?? []).flatMap((_, at) =>
      volatilities.map((volatilityMove) => ({
        moves: group.map((factor) => ({ ...factor.named, move: factor.moves[at]! })),
        ...(volatilityMove !== 0 && { volatilityMove }),
      })),
    ),
  );
}
