import { compareRanks } from './rank.ts';
import type { Part, Work } from './work.ts';

/** A work with what sends a part of it to a thread; gives the results of its first items. */
export interface Sent<Item, Result> {
  readonly work: Work<Item, Result>;
  readonly send: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Hears of every result, also of those that come after the work was stopped. */
  readonly keep: (index: number, result: Result) => void;
}

/**
 * Gives free threads something to do: of all that waits, what ranks first; among what ranks alike, what fewest threads are at, so
 * that a short question does not wait for a long one. Nothing that runs is stopped: a piece of it is short.
 */
export class Dispatcher {
  readonly #threads: number;
  readonly #sent = new Set<Sent<unknown, unknown>>();
  #busy = 0;

  constructor(threads: number) {
    this.#threads = threads;
  }

  add<Item, Result>(sent: Sent<Item, Result>): void {
    const known = sent as unknown as Sent<unknown, unknown>;
    this.#sent.add(known);
    const drop = (): void => void this.#sent.delete(known);
    sent.work.done.then(drop, drop);
    this.#fill();
  }

  /** Ends all works. */
  stop(reason: unknown): void {
    for (const { work } of this.#sent) work.stop(reason);
  }

  #fill(): void {
    while (this.#busy < this.#threads) {
      const next = this.#next();
      if (next === undefined) return;
      this.#busy++;
      void this.#run(next, next.work.take(this.#threads));
    }
  }

  #next(): Sent<unknown, unknown> | undefined {
    let best: Sent<unknown, unknown> | undefined;
    for (const one of this.#sent) {
      if (!one.work.isWaiting) continue;
      if (best === undefined || isBefore(one.work, best.work)) best = one;
    }
    return best;
  }

  async #run({ work, send, keep }: Sent<unknown, unknown>, part: Part<unknown>): Promise<void> {
    try {
      const results = await send(part.items);
      for (const [i, result] of results.entries()) keep(part.from + i, result);
      work.keep(part, results);
    } catch (error) {
      work.stop(error);
    } finally {
      this.#busy--;
      this.#fill();
    }
  }
}

/** Works stand in the order in which they were added: of two that are alike in all, the first stays. */
const isBefore = (a: Work<unknown, unknown>, b: Work<unknown, unknown>): boolean =>
  (compareRanks(a.rank, b.rank) || a.running - b.running) < 0;
