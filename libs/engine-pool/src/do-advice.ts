import { adviseOne, judgeChange, marketFrontier, together } from '@undertow/advice';
import { runRange } from '@undertow/sweep';
import { assert } from '@undertow/units';
import type { BooksOfPiece } from './books-of-piece.ts';
import { doBacktest } from './do-backtest.ts';
import type { AdviceKinds, RanTogether } from './kinds.ts';
import type { OpenedStudy } from './opened-study.ts';
import { wantedPlaces } from './wanted-places.ts';

type Doing = {
  readonly [K in keyof AdviceKinds]: (
    books: BooksOfPiece,
    item: AdviceKinds[K]['item'],
  ) => AdviceKinds[K]['result'];
};

/** What threads do of advices, item by item; the scenarios of a trial book are run together, see `trialRange`. */
export const doAdvice: Omit<Doing, 'trial'> = {
  advicePlaces(books, wanted) {
    const study = studyOf(books);
    // What is wrong with the question is said before anything is run.
    void study.bare;
    const places = wantedPlaces(books.changed.book, study.places, wanted).map(
      ({ parameter, label, current, absent }) => ({ parameter, label, current, absent }),
    );
    return { places, scenarios: study.scenarios };
  },
  advice(books, { parameter, chunks }) {
    const study = studyOf(books);
    return adviseOne(study.withResults(chunks), study.placeOf(parameter), study.question.path);
  },
  together: (books, { advices, chunks }) => together(studyOf(books).withResults(chunks), advices),
  judged: (books, { overrides, chunks }) => judgeChange(studyOf(books).withResults(chunks), overrides),
  frontier(books, { parameter, bonuses }) {
    const study = studyOf(books);
    return marketFrontier(study.bare, study.placeOf(parameter), bonuses);
  },
  backtest: (books, item) => doBacktest.backtest(studyOf(books), item),
  cascadeDates: (books, item) => doBacktest.cascadeDates(studyOf(books), item),
  cascadeDate: (books, item) => doBacktest.cascadeDate(studyOf(books), item),
};

/** Scenarios of the plan on the book of trials; they follow each other. */
export function trialRange(books: BooksOfPiece, indices: readonly number[]): (RanTogether | undefined)[] {
  const { trial, book } = openedTrial(books);
  const { engine } = book.engineOf(books.engine);
  const [from, to] = [indices[0]!, indices.at(-1)! + 1];
  assert(to - from === indices.length, 'scenarios of a piece follow each other');
  const began = performance.now();
  const chunk = runRange({ engine, opened: trial.opened, shape: trial.table().shape }, { from, to });
  const ran = { chunk, milliseconds: performance.now() - began };
  return indices.map((_, i) => (i === 0 ? ran : undefined));
}

/** The book of trials, opened, and what is swept on it. */
export function openedTrial({ changed, question }: BooksOfPiece) {
  assert(question !== undefined, 'an advice has a question');
  return { book: changed.trialOf(question), trial: changed.studyOf(question).trial };
}

function studyOf({ changed, question }: BooksOfPiece): OpenedStudy {
  assert(question !== undefined, 'an advice has a question');
  return changed.studyOf(question);
}
