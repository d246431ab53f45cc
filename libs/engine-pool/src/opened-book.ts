import type { Book } from '@undertow/book';
import { openEngine, openReproduction, type Engine, type EngineKind } from '@undertow/cascade';
import { openPlan, sweepKey, sweepShape, SweepTable, type OpenedPlan, type Plan } from '@undertow/sweep';
import { LRUCache } from 'lru-cache';
import { planOf, type SharedPlan } from './shared-plan.ts';

/** The engine that threads run for heatmaps and sweeps: it is part of the key of a sweep. */
export const POOL_ENGINE: EngineKind = 'fast';

/** Plans that a thread keeps open for a book. */
const PLANS_KEPT = 4;

/** A plan that was opened on a book. */
export interface OpenedSweep {
  readonly plan: Plan;
  readonly opened: OpenedPlan;
  /** A table without results. */
  table(): SweepTable;
}

/** A book in a thread, with what has been made ready of it. */
export class OpenedBook {
  readonly book: Book;
  /** What one scenario took of late, for a first guess of how many fit into a time. */
  msPerScenario: number | undefined;
  readonly #sweeps = new LRUCache<string, OpenedSweep>({ max: PLANS_KEPT });
  #engine: Engine | undefined;
  #pointAt: ReturnType<typeof openReproduction> | undefined;

  constructor(book: Book) {
    this.book = book;
  }

  get engine(): Engine {
    return (this.#engine ??= openEngine(this.book, { kind: POOL_ENGINE }));
  }

  get pointAt(): ReturnType<typeof openReproduction> {
    return (this.#pointAt ??= openReproduction(this.book));
  }

  sweepOf(shared: SharedPlan): OpenedSweep {
    const known = this.#sweeps.get(shared.hash);
    if (known) return known;
    const plan = planOf(shared);
    const opened = openPlan(plan, this.book);
    const key = sweepKey({ plan, book: this.book, engine: POOL_ENGINE });
    const shape = sweepShape(this.book, { key, count: opened.count });
    const made = { plan, opened, table: () => new SweepTable(shape) };
    this.#sweeps.set(shared.hash, made);
    return made;
  }
}
