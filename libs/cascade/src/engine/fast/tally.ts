import type { AccountRow, Book } from '@undertow/book';
import type { View } from '../../state.ts';
import type { LostDebt } from './lending-calls.ts';
import type { LiveMarket } from './live-market.ts';

/** What a run under way has done so far. */
export class Tally {
  accountsPerRound: number[] = [];
  accounts = 0;
  calls = 0;
  liquidatedUsd = 0;
  firstRoundUsd = 0;
  repaidUsd = 0;
  venueLiquidatedUsd = new Float64Array(0);
  assetSeized = new Float64Array(0);
  lost: LostDebt[] = [];

  readonly #book: Book;
  /** By account: the run and the round in which it was last liquidated. */
  readonly #lastRun: Uint32Array;
  readonly #lastRound: Uint32Array;
  #run = 0;

  constructor(book: Book) {
    this.#book = book;
    this.#lastRun = new Uint32Array(book.accounts.count);
    this.#lastRound = new Uint32Array(book.accounts.count);
  }

  /** A run has done nothing yet. What the run before has done stays as it was. */
  begin(): void {
    this.#run += 1;
    this.accountsPerRound = [];
    this.accounts = 0;
    this.calls = 0;
    this.liquidatedUsd = 0;
    this.firstRoundUsd = 0;
    this.repaidUsd = 0;
    this.venueLiquidatedUsd = new Float64Array(this.#book.venues.length);
    this.assetSeized = new Float64Array(this.#book.assets.length);
    this.lost = [];
  }

  /** Adds what a call did to an account that is called once in the present round, the last of `accountsPerRound`. */
  countOnce(venue: number, of: { readonly isFirst: boolean }, repaidUsd: number, seizedUsd: number): void {
    const round = this.accountsPerRound.length;
    this.liquidatedUsd += seizedUsd;
    this.repaidUsd += repaidUsd;
    this.venueLiquidatedUsd[venue]! += seizedUsd;
    if (round === 1) this.firstRoundUsd += seizedUsd;
    if (of.isFirst) this.accounts += 1;
    this.accountsPerRound[round - 1]! += 1;
  }

  /** Adds what one call did to one account in the present round, the last of `accountsPerRound`. */
  count(account: number, repaidUsd: number, seizedUsd: number): void {
    const round = this.accountsPerRound.length;
    this.liquidatedUsd += seizedUsd;
    this.repaidUsd += repaidUsd;
    this.venueLiquidatedUsd[this.#book.accounts.venue[account]!]! += seizedUsd;
    if (round === 1) this.firstRoundUsd += seizedUsd;
    const isFirst = this.#lastRun[account] !== this.#run;
    if (isFirst) this.accounts += 1;
    if (isFirst || this.#lastRound[account] !== round) this.accountsPerRound[round - 1]! += 1;
    this.#lastRun[account] = this.#run;
    this.#lastRound[account] = round;
  }
}

/** What one run did. */
export interface FastRun {
  readonly tally: Tally;
  readonly converged: boolean;
  /** At the end: accounts that are due and were not liquidated. */
  readonly due: readonly AccountRow[];
  /** As the run left it; the next run writes it anew. */
  readonly view: View;
  readonly market: LiveMarket;
}
