import { compareText, type Book } from '@undertow/book';
import { roundedPay } from '../../claim-order.ts';
import { ByPay } from './by-pay.ts';

/** Fewer entries are compared with each other. */
const LEAST_BY_PAY = 48;

/** For so many there is room from the start; of a book of a million accounts few are ever due at once. */
const FIRST_MOST = 1_024;

/** A column with twice the room. */
function longer<T extends Int32Array | Float64Array>(column: T): T {
  const into = new (column.constructor as new (length: number) => T)(2 * column.length);
  into.set(column);
  return into;
}

/** What liquidators may go for in one phase of a round, as columns, and the order in which they do. */
export class Entries {
  count = 0;
  account = new Int32Array(FIRST_MOST);
  /** Row of a claim; -1 = the account is dealt with in numbers. */
  claim = new Int32Array(FIRST_MOST);
  health = new Float64Array(FIRST_MOST);
  /** Of accounts that are dealt with in numbers: where their records and kept offers begin, and what they owe. */
  word = new Int32Array(FIRST_MOST);
  offerAt = new Int32Array(FIRST_MOST);
  debtUsd = new Float64Array(FIRST_MOST);
  /** Rows of these columns, after `sort`. */
  order = new Int32Array(FIRST_MOST);
  #pay = new Float64Array(FIRST_MOST);
  readonly #byPay = new ByPay();
  readonly #book: Book;

  constructor(book: Book) {
    this.#book = book;
  }

  clear(): void {
    this.count = 0;
  }

  /** @param pay what it would pay if it were the first, USD; -Infinity = nothing. */
  add(account: number, claim: number, pay: number, health: number): void {
    const row = this.#next();
    this.count = row + 1;
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
    const row = this.#next();
    this.word[row] = of.word;
    this.offerAt[row] = of.offerAt;
    this.debtUsd[row] = of.debtUsd;
    this.add(account, -1, pay, health);
  }

  /** The row of the next entry: there is room for it afterwards. */
  #next(): number {
    if (this.count === this.account.length) {
      this.account = longer(this.account);
      this.claim = longer(this.claim);
      this.health = longer(this.health);
      this.word = longer(this.word);
      this.offerAt = longer(this.offerAt);
      this.debtUsd = longer(this.debtUsd);
      this.order = longer(this.order);
      this.#pay = longer(this.#pay);
    }
    return this.count;
  }

  /** The best paid first, then the lowest health factor, then by venue, owner and market: see `inOrder`. */
  sort(): void {
    const { count, order } = this;
    if (count < LEAST_BY_PAY) {
      order.subarray(0, count).sort(this.#compare);
      return;
    }
    this.#byPay.sort(this.#pay, count, order);
    const { key } = this.#byPay;
    for (let from = 0, end = 1; from < count; from = end++) {
      while (end < count && key[end] === key[from]) end++;
      if (end - from > 1) order.subarray(from, end).sort(this.#compare);
    }
  }

  readonly #compare = (a: number, b: number): number => {
    const payA = this.#pay[a]!;
    const payB = this.#pay[b]!;
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
