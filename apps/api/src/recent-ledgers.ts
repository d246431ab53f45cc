import { forkLedger } from '@undertow/book';
import type { LoadedLedger } from '@undertow/ledgers';
import type { Shown } from './shown.ts';

/** The newest height and some before it: going back by that many heights reads nothing. */
const KEPT = 5;

/** The last heights that were shown, ascending by block. They share whatever is the same in several of them. */
export class RecentLedgers {
  #kept: readonly Shown[] = [];

  get newest(): Shown | undefined {
    return this.#kept.at(-1);
  }

  get oldest(): Shown | undefined {
    return this.#kept[0];
  }

  add(shown: Shown): void {
    this.#kept = [...this.#kept, shown].slice(-KEPT);
  }

  /** Forgets all that stands above a block. */
  dropAbove(block: number): void {
    this.#kept = this.#kept.filter(({ head }) => head.block <= block);
  }

  /** The height whose block has this hash. */
  at(hash: string): Shown | undefined {
    return this.#kept.find(({ head }) => head.hash === hash);
  }

  /** A ledger to go on from, at or below a block: a fork, so that what was shown stays as it was. */
  below(block: number): LoadedLedger | undefined {
    const nearest = this.#kept.findLast(({ head }) => head.block <= block);
    return nearest && { ...nearest.folded, ledger: forkLedger(nearest.ledger) };
  }
}
