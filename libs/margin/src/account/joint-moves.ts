import { moveNamed, type Scenario } from '@undertow/cascade';
import type { Book } from '@undertow/book';
import type { Deviations } from './distance.ts';

/** How many standard deviations each factor is moved by, either way. */
const MULTIPLES = [2, 4, 6] as const;
/** Moves of all implied volatilities that go with each move of prices, ratios. */
const VOLATILITY_MOVES = [-0.25, 0, 0.5] as const;

/**
 * A grid of joint scenarios: all factors down together, all up together, and each alone either way, by two, four and six of its standard
 * deviations, each with implied volatilities lower, as they are, and higher where the book has options.
 *
 * @throws BadDataError for a factor that the book does not have.
 */
export function jointMoves(book: Book, deviations: Deviations): Scenario[] {
  const factors = [...deviations].map(([name, deviation]) => ({
    named: moveNamed(book, name, 0),
    deviation,
  }));
  const groups = factors.length > 1 ? [factors, ...factors.map((factor) => [factor])] : [factors];
  const volatilities = book.instruments.length > 0 ? VOLATILITY_MOVES : ([0] as const);
  return groups.flatMap((group) =>
    MULTIPLES.flatMap((multiple) =>
      [-multiple, multiple].flatMap((signed) =>
        volatilities.map((volatilityMove) => ({
          moves: group.map(({ named, deviation }) => ({ ...named, move: Math.expm1(signed * deviation) })),
          ...(volatilityMove !== 0 && { volatilityMove }),
        })),
      ),
    ),
  );
}
