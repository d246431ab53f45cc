import type { Book } from '@undertow/book';
import { moveName, type Engine } from '@undertow/cascade';
import { lossesBy, openReverseStress, type PathPoint, type Plan } from '@undertow/sweep';
import { BadDataError } from '@undertow/units';
import type { NamedPoint, NamedStress, StressItem } from './kinds.ts';

/**
 * The nearest move that loses so much, its moves by what people name them.
 *
 * @throws BadDataError for a venue that the book lacks, and as `openReverseStress` does.
 */
export async function namedStress(
  { book, engine, plan }: { readonly book: Book; readonly engine: Engine; readonly plan: Plan },
  { lossUsd, venue: id }: StressItem,
): Promise<NamedStress> {
  if (plan.kind !== 'monte-carlo')
    throw new BadDataError(
      `reverse stress needs a covariance, which a ${plan.kind} plan has not: take a plan that is drawn from a Student-t`,
    );
  const venue = id === undefined ? undefined : book.venues.findIndex((one) => one.id === id);
  if (venue === -1)
    throw new BadDataError(
      `the book has no venue ${id}; it has ${book.venues.map((one) => one.id).join(', ')}`,
    );
  const stress = openReverseStress({ book, plan, lossesOf: lossesBy(engine) });
  const { nearest, ...found } = await stress({ lossUsd, ...(venue !== undefined && { venue }) });
  const named = ({ moves, ...point }: PathPoint): NamedPoint => ({
    ...point,
    moves: moves.map((move) => ({ what: moveName(book, move), move: move.move })),
  });
  return { ...found, nearest: nearest && { ...named(nearest), path: nearest.path.map(named) } };
}
