import type { Book } from '@undertow/book';
import type { EngineKind } from '@undertow/cascade';
import type { OpenedPlan, Plan, SweepTable } from '@undertow/sweep';

/** A sweep on a book, as far as it has been run. */
export interface Sweep {
  readonly book: Book;
  readonly plan: Plan;
  readonly opened: OpenedPlan;
  readonly engine: EngineKind;
  readonly table: SweepTable;
}
