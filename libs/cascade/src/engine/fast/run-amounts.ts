import type { Book } from '@undertow/book';
import { LiveRecords, NO_RECORD, type LendingRecords } from './lending-records.ts';

/** Amounts of legs and funds in a run under way, changed in place; the next run puts back what this one has changed. */
export class RunAmounts {
  /** Accounts of lending venues: what rounds read and change. */
  readonly records: LiveRecords;
  /** By leg, asset units; of accounts that have records only after `show`. */
  readonly amount: Float64Array;
  /** By fund. */
  readonly fundAmount: Float64Array;
  /** By account: 1 = its amounts are no longer the book's. */
  readonly isTouched: Uint8Array;
  /** Accounts without records of which that is so. */
  readonly touched: number[] = [];
  /** Accounts with records whose amounts may differ from the book's in the column by leg too. */
  readonly #shown: number[] = [];
  readonly #book: Book;

  constructor(book: Book, records: LendingRecords) {
    this.#book = book;
    this.amount = book.legs.amount.slice();
    this.fundAmount = Float64Array.from(book.funds, ({ amount }) => amount);
    this.isTouched = new Uint8Array(book.accounts.count);
    this.records = new LiveRecords(records, {
      isTouched: this.isTouched,
      bookAmount: book.legs.amount,
    });
  }

  /** The book's own amounts again; those of records `LendingDue` has put back. */
  begin(): void {
    for (let i = 0; i < this.touched.length; i++) {
      this.isTouched[this.touched[i]!] = 0;
      this.#restore(this.touched[i]!);
    }
    for (let i = 0; i < this.#shown.length; i++) this.#restore(this.#shown[i]!);
    this.touched.length = 0;
    this.#shown.length = 0;
    const { funds } = this.#book;
    for (let row = 0; row < funds.length; row++) this.fundAmount[row] = funds[row]!.amount;
  }

  #restore(account: number): void {
    const { accounts, legs } = this.#book;
    const end = accounts.legStart[account + 1]!;
    for (let leg = accounts.legStart[account]!; leg < end; leg++) this.amount[leg] = legs.amount[leg]!;
  }

  /** Notes that the amounts of an account are about to change in the column by leg. */
  touch(account: number): void {
    const word = this.records.ofAccount[account]!;
    if (word !== NO_RECORD) {
      if (this.records.touch(word)) this.#shown.push(account);
    } else if (this.isTouched[account] === 0) {
      this.isTouched[account] = 1;
      this.touched.push(account);
    }
  }

  /** Takes over what has changed in the column by leg. */
  take(account: number): void {
    const word = this.records.ofAccount[account]!;
    if (word !== NO_RECORD) this.records.pull(word, this.amount);
  }

  /** Writes the amounts of an account into the column by leg, where all but rounds read them. */
  show(account: number): void {
    const word = this.records.ofAccount[account]!;
    if (word === NO_RECORD || !this.records.isTouched(word)) return;
    this.records.push(word, this.amount);
    this.#shown.push(account);
  }
}
