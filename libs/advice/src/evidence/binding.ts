import type { Book } from '@undertow/book';
import { moveName } from '@undertow/cascade';
import type { AdviceEvidence } from '../advice/advice.ts';
import { worstOf } from '../search/trial.ts';
import type { Swept } from '../study/study.ts';

const NAMED = 5;

/** The scenarios that lose most, with what moves in them, the farthest move first. */
export function bindingOf(
  lossUsd: Float64Array,
  { scenarios }: Swept,
  book: Book,
): AdviceEvidence['binding'] {
  return worstOf(lossUsd, NAMED)
    .filter((index) => lossUsd[index]! > 0)
    .map((index) => ({
      scenario: index,
      lossUsd: lossUsd[index]!,
      moves: scenarios[index]!.moves.toSorted((a, b) => Math.abs(b.move) - Math.abs(a.move)).map(
        (move) => `${moveName(book, move)} ${signed(move.move)}`,
      ),
    }));
}

const signed = (move: number) => `${move < 0 ? '−' : '+'}${Math.abs(100 * move).toFixed(1)} %`;
