import { compareText, type Book } from '@undertow/book';
import { roundedPay } from '../../claim-order.ts';
import { ByPay } from './by-pay.ts';

/** Fewer entries are compared with each other. */
const LEAST_BY_PAY = 48;

/** What liquidators may go for in one phase of a round, as columns, and the order in which they do. */
export class Entries {
  count = 0;
  readonly account: Int32Array;
  /** Row of a claim; -1 = the account is dealt with in numbers. */
  readonly claim: Int32Array;
  readonly health: Float64Array;
  /** Of accounts that are dealt with in numbers: where their records and kept offers begin, and what they owe. */
  readonly word: Int32Array;
  readonly offerAt: Int32Array;
  readonly debtUsd: Float64Array;
  /** Rows of these columns, after `sort`. */
  readonly order: Int32Array;
  readonly #pay: Float64Array;
  readonly #byPay: ByPay;
  readonly #book: Book;

  constructor(book: Book) {
    const most = 2 * book.accounts.count + 16;
    this.#book = book;
    this.account = new Int32Array(most);
    this.claim = new Int32Array(most);
    this.health = new Float64Array(most);
    this.word = new Int32Array(most);
    this.offerAt = new Int32Array(most);
    this.debtUsd = new Float64Array(most);
    this.order = new Int32Array(most);
    this.#pay = new Float64Array(most);
    this.#byPay = new ByPay(most);
  }

  clear(): void {
    this.count = 0;
  }

  /** @param pay what it would pay if it were the first, USD; -Infinity = nothing. */
  add(account: number, claim: number, pay: number, health: number): void {
    const row = this.count++;
    this.account[row] = account;
    this.claim[row] = claim;
    this.#pay[row] = roundedPay(pay);
    this.health[row] = health;
    this.order[row] = row;
  }

  /** An account that is dealt with in numbers; see `add`. */
  addLending(
    account: number,
    of: { readonly word: number; readonly offerAt: number; readonly debtUsd: number },
    pay: number,
    health: number,
  ): void {
    this.word[this.count] = of.word;
    this.offerAt[this.count] = of.offerAt;
    this.debtUsd[this.count] = of.debtUsd;
    this.add(account, -1, pay, health);
  }

  /** The best paid first, then the lowest health factor, then by venue, owner and market: see `inOrder`. */
  sort(): void {
    const { count, order } = this;
    const { key } = this.#byPay;
    if (count < LEAST_BY_PAY) {
      order.subarray(0, count).sort(this.#compare);
      return;
    }
    this.#byPay.sort(this.#pay, count, order);
    for (let from = 0, end = 1; from < count; from = end++) {
      while (end < count && key[end] === key[from]) end++;
      if (end - from > 1) order.subarray(from, end).sort(this.#compare);
    }
  }

  readonly #compare = (a: number, b: number): number => {
    const [payA, payB] = [this.#pay[a]!, this.#pay[b]!];
    if (payA !== payB) return payB > payA ? 1 : -1;
    return this.health[a]! - this.health[b]! || compareText(this.#nameOf(a), this.#nameOf(b));
  };

  #nameOf(row: number): string {
    const { accounts, venues } = this.#book;
    const account = this.account[row]!;
    return [venues[accounts.venue[account]!]!.id, accounts.owner[account]!, accounts.market[account]!].join(
      '\n',
    );
  }
}
