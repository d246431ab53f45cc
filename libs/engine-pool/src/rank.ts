/**
 * How soon an answer is wanted: a `question` that somebody waits for, a `measurement` that is kept, a `sweep` that takes as long as
 * it takes.
 */
export type Urgency = 'question' | 'measurement' | 'sweep';

/** Which of two works a free thread takes. */
export interface Rank {
  readonly urgency: Urgency;
  /** Block of the book: of two that are as urgent, the one about the newer head goes first. */
  readonly block: number;
}

const URGENCIES: readonly Urgency[] = ['question', 'measurement', 'sweep'];

/** Below 0 when the first goes first, 0 when they are alike. */
export const compareRanks = (a: Rank, b: Rank): number =>
  URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) || b.block - a.block;
