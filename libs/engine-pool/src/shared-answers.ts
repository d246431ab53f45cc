import { compareRanks, type Rank } from './rank.ts';

/** Something that is being computed. */
export interface Underway<Value> {
  readonly done: Promise<Value>;
  rank: Rank;
  stop(reason: unknown): void;
}

/** Who asks, and until when. */
export interface Asking {
  readonly rank: Rank;
  /** Once it is aborted, whoever asked does not wait any more. */
  readonly signal?: AbortSignal | undefined;
}

interface Shared {
  readonly underway: Underway<unknown>;
  waiting: number;
}

/**
 * What is asked for several times at once is computed once, as soon as the one who needs it soonest would have it. It goes on while
 * anybody still waits for it, and is stopped when nobody does.
 */
export class SharedAnswers {
  readonly #shared = new Map<string, Shared>();

  ask<Value>(key: string, { rank, signal }: Asking, start: () => Underway<Value>): Promise<Value> {
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const shared = this.#shared.get(key) ?? this.#begin(key, start());
    const { underway } = shared;
    shared.waiting++;
    if (compareRanks(rank, underway.rank) < 0) underway.rank = rank;
    const done = underway.done as Promise<Value>;
    return signal === undefined ? done : this.#until(signal, done, () => this.#leave(key, shared, signal));
  }

  #begin(key: string, underway: Underway<unknown>): Shared {
    const shared = { underway, waiting: 0 };
    this.#shared.set(key, shared);
    const over = (): void => this.#forget(key, shared);
    underway.done.then(over, over);
    return shared;
  }

  #until<Value>(signal: AbortSignal, done: Promise<Value>, leave: () => void): Promise<Value> {
    return new Promise((resolve, reject) => {
      const aborted = (): void => {
        reject(signal.reason as Error);
        leave();
      };
      signal.addEventListener('abort', aborted, { once: true });
      done.finally(() => signal.removeEventListener('abort', aborted)).then(resolve, reject);
    });
  }

  #leave(key: string, shared: Shared, { reason }: AbortSignal): void {
    shared.waiting--;
    if (shared.waiting > 0) return;
    // Who asks from now on does not get what was stopped.
    this.#forget(key, shared);
    shared.underway.stop(reason);
  }

  #forget(key: string, shared: Shared): void {
    if (this.#shared.get(key) === shared) this.#shared.delete(key);
  }
}
