import type { Book } from '@undertow/book';

/** Amounts of legs and funds in a run under way, changed in place; the next run puts back what this one has changed. */
export class RunAmounts {
  /** By leg, asset units. */
  readonly amount: Float64Array;
  /** By fund. */
  readonly fundAmount: Float64Array;
  /** By account: 1 = its amounts are no longer the book's. */
  readonly isTouched: Uint8Array;
  /** The accounts of which that is so. */
  readonly touched: number[] = [];
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
    this.amount = book.legs.amount.slice();
    this.fundAmount = Float64Array.from(book.funds, ({ amount }) => amount);
    this.isTouched = new Uint8Array(book.accounts.count);
  }

  /** The book's own amounts again. */
  begin(): void {
    const { accounts, legs, funds } = this.#book;
    for (const account of this.touched) {
      this.isTouched[account] = 0;
      const end = accounts.legStart[account + 1]!;
      for (let leg = accounts.legStart[account]!; leg < end; leg++) this.amount[leg] = legs.amount[leg]!;
    }
    this.touched.length = 0;
    for (const [row, fund] of funds.entries()) this.fundAmount[row] = fund.amount;
  }

  /** Notes that the amounts of an account change. */
  touch(account: number): void {
    if (this.isTouched[account] === 1) return;
    this.isTouched[account] = 1;
    this.touched.push(account);
  }
}
