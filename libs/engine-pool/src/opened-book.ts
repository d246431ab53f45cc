import type { Book } from '@undertow/book';
import { openEngine, openReproduction, type Engine, type EngineKind } from '@undertow/cascade';
import { openPlan, sweepKey, sweepShape, SweepTable, type OpenedPlan, type Plan } from '@undertow/sweep';
import { LRUCache } from 'lru-cache';
import { OpenedStudy } from './opened-study.ts';
import { planOf, type SharedPlan } from './shared-plan.ts';
import type { SharedQuestion } from './shared-question.ts';

/** Plans, and questions of advice, that a thread keeps open for a book. */
const [PLANS_KEPT, QUESTIONS_KEPT] = [4, 2];

/** A plan that was opened on a book. */
export interface OpenedSweep {
  readonly plan: Plan;
  readonly opened: OpenedPlan;
  /** A table without results. */
  table(): SweepTable;
}

/** An engine on a book. */
export interface OpenedEngine {
  readonly engine: Engine;
  /** What one scenario took of late, for a first guess of how many fit into a time. */
  msPerScenario: number | undefined;
}

/** A book in a thread, with what has been made ready of it. */
export class OpenedBook {
  readonly book: Book;
  readonly #engines = new Map<EngineKind, OpenedEngine>();
  readonly #studies = new LRUCache<string, OpenedStudy>({ max: QUESTIONS_KEPT });
  readonly #trials = new WeakMap<Book, OpenedBook>();
  readonly #sweeps = new LRUCache<string, OpenedSweep>({ max: PLANS_KEPT });
  #pointAt: ReturnType<typeof openReproduction> | undefined;

  constructor(book: Book) {
    this.book = book;
  }

  engineOf(kind: EngineKind): OpenedEngine {
    const known = this.#engines.get(kind);
    if (known) return known;
    const made = { engine: openEngine(this.book, { kind }), msPerScenario: undefined };
    this.#engines.set(kind, made);
    return made;
  }

  get pointAt(): ReturnType<typeof openReproduction> {
    return (this.#pointAt ??= openReproduction(this.book));
  }

  sweepOf(shared: SharedPlan, engine: EngineKind): OpenedSweep {
    const name = `${shared.hash} ${engine}`;
    const known = this.#sweeps.get(name);
    if (known) return known;
    const plan = planOf(shared);
    const opened = openPlan(plan, this.book);
    const key = sweepKey({ plan, book: this.book, engine });
    const shape = sweepShape(this.book, { key, count: opened.count });
    const made = { plan, opened, table: () => new SweepTable(shape) };
    this.#sweeps.set(name, made);
    return made;
  }

  studyOf(shared: SharedQuestion): OpenedStudy {
    const known = this.#studies.get(shared.hash);
    if (known) return known;
    const made = new OpenedStudy(this.book, shared);
    this.#studies.set(shared.hash, made);
    return made;
  }

  /** The book of a question's trials; this one where it is small. */
  trialOf(shared: SharedQuestion): OpenedBook {
    const { trialBook } = this.studyOf(shared);
    if (trialBook === this.book) return this;
    const known = this.#trials.get(trialBook);
    if (known) return known;
    const made = new OpenedBook(trialBook);
    this.#trials.set(trialBook, made);
    return made;
  }
}
