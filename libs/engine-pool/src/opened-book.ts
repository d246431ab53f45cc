import type { Book } from '@undertow/book';
import { openEngine, openReproduction, type Engine } from '@undertow/cascade';

/** A book in a thread, with what has been made ready of it. */
export class OpenedBook {
  readonly book: Book;
  /** What one scenario took of late, for a first guess of how many fit into a time. */
  msPerScenario: number | undefined;
  #engine: Engine | undefined;
  #pointAt: ReturnType<typeof openReproduction> | undefined;

  constructor(book: Book) {
    this.book = book;
  }

  get engine(): Engine {
    return (this.#engine ??= openEngine(this.book));
  }

  get pointAt(): ReturnType<typeof openReproduction> {
    return (this.#pointAt ??= openReproduction(this.book));
  }
}
