import { coverageWords, type Covered } from '../format/coverage.ts';
import { count } from '../format/number.ts';
import { element, type Markup, type Piece } from '../markup/element.ts';
import type { Loaded } from './loaded.ts';

interface Answer {
  readonly head: { readonly block: number };
  readonly bookHash: string;
  readonly coverage: Covered;
}

/** Under the numbers of an answer: which block and book they are of, and how much of the debt they speak of. */
export function sourceLine(
  answer: Answer,
  { pinned, loaded }: { readonly pinned: number | undefined; readonly loaded: Loaded<unknown> },
  more?: Piece,
): Markup {
  const { head, bookHash, coverage } = answer;
  return element(
    'p',
    { class: 'source', key: 'source', 'data-book': bookHash, 'data-block': head.block },
    `${atBlock(head.block, pinned, loaded.isOpening)}, book ${bookHash.slice(0, 10)}. `,
    `${coverageWords(coverage)}.`,
    more,
  );
}

/** The block of an answer that does not name it: the one that it was asked at. */
export function placeLine({ asked, isOpening }: Loaded<unknown>, pinned: number | undefined): Piece {
  if (!asked) return undefined;
  const { block } = asked;
  return element(
    'p',
    { class: 'source', key: 'source', 'data-block': block },
    `${atBlock(block, pinned, isOpening)}.`,
  );
}

/** The block of an answer in words: also whether it is the pinned one, or still that of the answer before. */
export function atBlock(block: number, pinned: number | undefined, isOpening: boolean): string {
  if (pinned === undefined) return `At block ${count(block)}`;
  if (pinned === block) return `Pinned at block ${count(block)}`;
  return isOpening
    ? `Still block ${count(block)}, while block ${count(pinned)} is read`
    : `Pinned at block ${count(block)}, the newest stored at or below ${count(pinned)}`;
}
