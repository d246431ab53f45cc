import type { EngineKind } from '@undertow/cascade';
import type { OpenedBook } from './opened-book.ts';
import type { SharedPlan } from './shared-plan.ts';
import type { SharedQuestion } from './shared-question.ts';

/** A book as it is, and as it is with the overrides of a piece; the same where there are none. */
export interface BooksOfPiece {
  readonly given: OpenedBook;
  readonly changed: OpenedBook;
  readonly engine: EngineKind;
  readonly plan?: SharedPlan | undefined;
  readonly question?: SharedQuestion | undefined;
}
