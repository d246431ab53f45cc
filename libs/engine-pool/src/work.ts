import { assert } from '@undertow/units';
import type { Rank } from './rank.ts';

/** Items that a thread does at once, at most: what it does not reach in its time goes back. */
const MOST_IN_PIECE = 256;

/** Some items that follow each other. */
export interface Part<Item> {
  readonly from: number;
  readonly items: readonly Item[];
}

/**
 * Items that are done in pieces by whichever threads are free, in any order. Their results stand in the order of the items, so that
 * they are the same for any number of threads.
 */
export class Work<Item, Result> {
  rank: Rank;
  readonly done: Promise<readonly Result[]>;
  readonly #items: readonly Item[];
  readonly #results: Result[];
  /** Ranges of items that no thread has, each with its first and the one after its last. */
  readonly #waiting: [from: number, to: number][];
  #left: number;
  #finish: (results: readonly Result[]) => void;
  #fail: (reason: unknown) => void;
  #isOver = false;

  constructor(items: readonly Item[], rank: Rank) {
    assert(items.length > 0, 'there is nothing to do');
    this.rank = rank;
    this.#items = items;
    this.#results = new Array<Result>(items.length);
    this.#waiting = [[0, items.length]];
    this.#left = items.length;
    const { promise, resolve, reject } = Promise.withResolvers<readonly Result[]>();
    this.done = promise;
    // Whoever waits hears of it.
    promise.catch(() => undefined);
    this.#finish = resolve;
    this.#fail = reject;
  }

  get isWaiting(): boolean {
    return !this.#isOver && this.#waiting.length > 0;
  }

  /** Takes items for a thread, so many that others have some too. */
  take(threads: number): Part<Item> {
    const range = this.#waiting.shift();
    assert(range !== undefined && !this.#isOver, 'no items wait');
    const [from, to] = range;
    const end = from + Math.min(MOST_IN_PIECE, Math.ceil((to - from) / threads));
    if (end < to) this.#waiting.unshift([end, to]);
    return { from, items: this.#items.slice(from, end) };
  }

  /** Gives back what a thread took, with the results of its first items. */
  keep({ from, items }: Part<Item>, results: readonly Result[]): void {
    for (const [i, result] of results.entries()) this.#results[from + i] = result;
    if (results.length < items.length) this.#waiting.unshift([from + results.length, from + items.length]);
    this.#left -= results.length;
    if (this.#left > 0 || this.#isOver) return;
    this.#isOver = true;
    this.#finish(this.#results);
  }

  /** Ends it: no thread takes anything of it any more. */
  stop(reason: unknown): void {
    this.#isOver = true;
    this.#fail(reason);
  }
}
