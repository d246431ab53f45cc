/** A part that ended though nobody asked it to. */
export interface Failure {
  readonly name: string;
  /** What happened, to follow the name: "ended with exit code 1". */
  readonly how: string;
  readonly logFile?: string;
  /** What to do. */
  readonly advice: string;
}

/** A promise of the first failure among parts that should run until they are stopped. */
export class Failures {
  readonly first: Promise<Failure>;
  readonly #report: (failure: Failure) => void;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<Failure>();
    this.first = promise;
    this.#report = resolve;
  }

  report(failure: Failure): void {
    this.#report(failure);
  }
}
