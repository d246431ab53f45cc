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
 * Gives free threads something to do: of all that waits, what ranks first; what ranks alike takes turns, so that a short question
 * does not wait for a long one. Nothing that runs is stopped: a piece of it is short.
 */
export class Dispatcher {
  readonly #threads: number;
  /** Each with the turn that it had last; 0 = none yet. */
  readonly #sent = new Map<Sent<unknown, unknown>, number>();
  #turn = 0;
  #busy = 0;

  constructor(threads: number) {
    this.#threads = threads;
  }

  add<Item, Result>(sent: Sent<Item, Result>): void {
    const known = sent as unknown as Sent<unknown, unknown>;
    this.#sent.set(known, 0);
    const drop = (): void => void this.#sent.delete(known);
    sent.work.done.then(drop, drop);
    this.#fill();
  }

  /** Ends all works. */
  stop(reason: unknown): void {
    for (const { work } of this.#sent.keys()) work.stop(reason);
  }

  #fill(): void {
    while (this.#busy < this.#threads) {
      const next = this.#next();
      if (next === undefined) return;
      this.#sent.set(next, ++this.#turn);
      this.#busy++;
      void this.#run(next, next.work.take(this.#threads));
    }
  }

  #next(): Sent<unknown, unknown> | undefined {
    let best: Sent<unknown, unknown> | undefined;
    for (const [one, turn] of this.#sent) {
      if (!one.work.isWaiting) continue;
      const isFirst =
        best === undefined ||
        (compareRanks(one.work.rank, best.work.rank) || turn - this.#sent.get(best)!) < 0;
      if (isFirst) best = one;
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
