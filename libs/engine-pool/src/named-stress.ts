import type { Book } from '@undertow/book';
import { moveName, type NamedMove } from '@undertow/cascade';
import {
  openStressAt,
  stressCoordinates,
  type LossesOf,
  type NearestMove,
  type PathPoint,
  type Plan,
  type ReverseStress,
  type StressCoordinates,
} from '@undertow/sweep';
import { BadDataError } from '@undertow/units';

/** Which loss is looked for under the covariance of a plan. */
export interface StressItem {
  /** The least that counts, USD. */
  readonly lossUsd: number;
  /** Id of the venue whose it is; undefined: of all together. */
  readonly venue?: string | undefined;
}

/** A point on the way to a loss, its moves by what people name them. */
export type NamedPoint = Omit<PathPoint, 'moves'> & { readonly moves: readonly NamedMove[] };

/** The nearest move with a loss, its moves by what people name them. */
export type NamedStress = Omit<ReverseStress, 'nearest'> & {
  readonly nearest:
    (Omit<NearestMove, 'moves' | 'path'> & NamedPoint & { readonly path: readonly NamedPoint[] }) | undefined;
};

/** What a search needs of a book and a plan, with what people name the factors. */
export interface NamedCoordinates extends StressCoordinates {
  readonly names: readonly string[];
}

/** @throws BadDataError for a plan without a covariance, and as `openReverseStress` does. */
export function namedCoordinates(book: Book, plan: Plan): NamedCoordinates {
  if (plan.kind !== 'monte-carlo')
    throw new BadDataError(
      `reverse stress needs a covariance, which a ${plan.kind} plan has not: take a plan that is drawn from a Student-t`,
    );
  const coordinates = stressCoordinates({ book, plan });
  return { ...coordinates, names: coordinates.factors.map((move) => moveName(book, move)) };
}

/**
 * Opens a search for the nearest moves that lose so much, told by what people name them. What is asked for one venue is remembered for
 * the others.
 *
 * @throws BadDataError later, for a venue that the book lacks and a loss that is none.
 */
export function openNamedStress(
  coordinates: NamedCoordinates,
  lossesOf: LossesOf,
): (item: StressItem) => Promise<NamedStress> {
  const { venues, names } = coordinates;
  const stress = openStressAt(coordinates, lossesOf);
  // Every move of a search has all factors, in their order.
  const named = ({ moves, ...point }: PathPoint): NamedPoint => ({
    ...point,
    moves: moves.map(({ move }, at) => ({ what: names[at]!, move })),
  });
  return async ({ lossUsd, venue: id }) => {
    const venue = id === undefined ? undefined : venues.indexOf(id);
    if (venue === -1) throw new BadDataError(`the book has no venue ${id}; it has ${venues.join(', ')}`);
    const { nearest, ...found } = await stress({ lossUsd, ...(venue !== undefined && { venue }) });
    return { ...found, nearest: nearest && { ...named(nearest), path: nearest.path.map(named) } };
  };
}
