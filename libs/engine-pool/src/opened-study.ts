import {
  openStudy,
  parameterKey,
  parametersOf,
  planForAdvice,
  trialBookOf,
  type Parameter,
  type ParameterPlace,
  type Study,
} from '@undertow/advice';
import type { Book } from '@undertow/book';
import {
  openPlan,
  sweepKey,
  sweepShape,
  SweepTable,
  type OpenedPlan,
  type SweepChunk,
} from '@undertow/sweep';
import { assert, BadDataError } from '@undertow/units';
import { POOL_ENGINE } from './pool-engine.ts';
import { questionOf, type AdviceQuestion, type SharedQuestion } from './shared-question.ts';

/** A plan that is swept on the book of trials. */
export interface TrialSweep {
  readonly opened: OpenedPlan;
  /** A table without results. */
  table(): SweepTable;
}

/** A question of advice in a thread, with what has been made ready of it. */
export class OpenedStudy {
  readonly question: AdviceQuestion;
  readonly trialBook: Book;
  readonly places: readonly ParameterPlace[];
  readonly #book: Book;
  #trial: TrialSweep | undefined;
  #study: Study | undefined;
  #bare: Study | undefined;

  /** @throws BadDataError for a question that is none. */
  constructor(book: Book, shared: SharedQuestion) {
    this.question = questionOf(shared);
    this.#book = book;
    this.trialBook = trialBookOf(book, this.question.asked);
    this.places = parametersOf(book);
  }

  /** The study without scenarios, which knows all that needs none. */
  get bare(): Study {
    return (this.#bare ??= openStudy(this.#book, { ...this.question.asked, plan: undefined }));
  }

  /** How many scenarios are swept for it; 0 where there is no plan, or one without probabilities. */
  get scenarios(): number {
    const { plan } = this.question.asked;
    return plan === undefined || plan.kind === 'grid' ? 0 : this.trial.opened.count;
  }

  get trial(): TrialSweep {
    return (this.#trial ??= this.#openTrial());
  }

  /** The study with the results of all its scenarios; those of one question are the same whoever ran them. */
  withResults(chunks: readonly SweepChunk[]): Study {
    return (this.#study ??= this.#open(chunks));
  }

  /** @throws BadDataError for a parameter that the book has not. */
  placeOf(parameter: Parameter): ParameterPlace {
    const key = parameterKey(parameter);
    const found = this.places.find((place) => parameterKey(place.parameter) === key);
    if (!found) throw new BadDataError(`the book has no parameter ${key}`);
    return found;
  }

  #open(chunks: readonly SweepChunk[]): Study {
    const { asked } = this.question;
    if (chunks.length === 0) return openStudy(this.#book, asked);
    const table = this.trial.table();
    for (const chunk of chunks) table.putChunk(chunk);
    return openStudy(this.#book, asked, table);
  }

  #openTrial(): TrialSweep {
    const { asked } = this.question;
    const plan = planForAdvice(asked, asked.time ?? this.#book.time);
    assert(plan !== undefined, 'what is swept has a plan');
    const opened = openPlan(plan, this.trialBook);
    const key = sweepKey({ plan, book: this.trialBook, engine: POOL_ENGINE });
    const shape = sweepShape(this.trialBook, { key, count: opened.count });
    return { opened, table: () => new SweepTable(shape) };
  }
}
