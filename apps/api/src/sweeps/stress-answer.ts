import type { Coverage } from '@undertow/book';
import type { NamedPoint, NamedStress } from '@undertow/engine-pool';
import type { Searched, WholeReproduction } from '@undertow/sweep';
import type { BookAtHead, Head } from '../shown.ts';

/** What it takes to lose so much, as the schema has it. */
export interface StressAnswer extends Pick<NamedStress, 'lossUsd' | 'venue'> {
  readonly nearest: NamedPoint | undefined;
  readonly path: readonly NamedPoint[];
  readonly searched: Pick<Searched, 'directions' | 'evaluations' | 'tolerance'> & {
    readonly farthest: number;
  };
}

/** Writes the answer of a reverse stress as the schema has it. */
export const stressAnswer = ({ lossUsd, venue, nearest, searched }: NamedStress): StressAnswer => ({
  ...{ lossUsd, venue, nearest },
  path: nearest?.path ?? [],
  // Nothing is looked at beyond the middle where that loses so much already.
  searched: { ...searched, farthest: searched.distances.at(-1) ?? 0 },
});

/** Reproduction numbers of the whole book, as the schema has them. */
export interface WholeReproductionAnswer {
  readonly head: Head;
  readonly bookHash: string;
  readonly coverage: Coverage;
  readonly points: readonly (Omit<WholeReproduction, 'drop'> & { readonly move: number })[];
}

/** Writes reproduction numbers of the whole: the engine counts drops, everybody else moves. */
export const wholeReproductionAnswer = (
  { book, head }: BookAtHead,
  points: readonly WholeReproduction[],
): WholeReproductionAnswer => ({
  ...{ head, bookHash: book.hash, coverage: book.coverage },
  points: points.map(({ drop, ...point }) => ({ ...point, move: drop === 0 ? 0 : -drop })),
});
