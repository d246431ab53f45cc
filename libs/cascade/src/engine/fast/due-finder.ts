import { isDue, valueAccount, type AccountRow } from '@undertow/book';
import type { View } from '../../state.ts';
import type { CompiledBook } from './compiled-book.ts';
import { DUE_SLACK, isWide } from './due-lines.ts';

/** Accounts that are due at one moment of a run. Written anew by the next search. */
export interface FoundDue {
  /** Of venues where debt is repaid and collateral seized: the first `lendingCount`, in any order. */
  readonly lending: Int32Array;
  lendingCount: number;
  /** Of all others, in the book's order. */
  readonly others: AccountRow[];
}

/**
 * Finds who is due in every round of a run, without looking at accounts that cannot be.
 *
 * Untouched accounts come from the book's index of lines. An account whose health factor has been worked out in this run is not
 * looked at again before prices could have brought it down to the line: from one round to the next no health factor falls by more
 * than the least move of a price ÷ the greatest.
 */
export class DueFinder {
  readonly found: FoundDue;
  readonly #compiled: CompiledBook;
  readonly #candidates: Int32Array;
  readonly #prices: Float64Array;
  readonly #pricesBefore: Float64Array;
  readonly #value = { healthFactor: Infinity, collateralUsd: 0, debtUsd: 0 };
  /** By account: the search in which it was last seen. */
  readonly #seen: Uint32Array;
  /** By account: the run in which nothing was left to take of it. */
  readonly #spent: Uint32Array;
  /** By account: the run in which its health factor was worked out last, that, and how far prices had fallen by then. */
  readonly #valuedIn: Uint32Array;
  readonly #health: Float64Array;
  readonly #fallenThen: Float64Array;
  #search = 0;
  #run = 0;
  /** The product over rounds of the least move of a price ÷ the greatest. */
  #fallen = 1;

  constructor(compiled: CompiledBook) {
    const { count } = compiled.book.accounts;
    this.#compiled = compiled;
    this.#candidates = new Int32Array(compiled.due.most);
    this.#prices = new Float64Array(compiled.oracleRows.count);
    this.#pricesBefore = new Float64Array(compiled.oracleRows.count);
    this.#seen = new Uint32Array(count);
    this.#spent = new Uint32Array(count);
    this.#valuedIn = new Uint32Array(count);
    this.#health = new Float64Array(count);
    this.#fallenThen = new Float64Array(count);
    this.found = { lending: new Int32Array(count), lendingCount: 0, others: [] };
  }

  /** Before the first search of a run. */
  begin(): void {
    this.#run += 1;
    this.#fallen = 0;
  }

  /** Nothing is left to take of an account in this run, whatever prices do. */
  spend(account: number): void {
    this.#spent[account] = this.#run;
  }

  /** The amounts of an account have changed. */
  forget(account: number): void {
    this.#valuedIn[account] = 0;
  }

  /** @param touched accounts whose amounts are no longer the book's. */
  find(view: View, touched: readonly number[]): FoundDue {
    const { found } = this;
    const { due: index, oracleUsd, oracleRows, book } = this.#compiled;
    found.lendingCount = 0;
    found.others.length = 0;
    this.#follow(oracleRows.fill(view, this.#prices));
    if (isWide(view.oraclePriceUsd, oracleUsd)) {
      for (let account = 0; account < book.accounts.count; account++) this.#test(view, account);
      return found;
    }
    const count = index.candidates(this.#prices, this.#candidates);
    this.#search += 1;
    for (let i = 0; i < count; i++) {
      const account = this.#candidates[i]!;
      if (view.isTouched[account] === 1 || this.#seen[account] === this.#search) continue;
      this.#seen[account] = this.#search;
      this.#test(view, account);
    }
    for (let i = 0; i < touched.length; i++) this.#test(view, touched[i]!);
    found.others.sort((a, b) => a - b);
    return found;
  }

  /** Notes how far prices have fallen against each other since the search before. */
  #follow(prices: Float64Array): void {
    let least = Infinity;
    let greatest = 0;
    for (let row = 0; row < prices.length; row++) {
      const move = prices[row] === this.#pricesBefore[row] ? 1 : prices[row]! / this.#pricesBefore[row]!;
      least = Math.min(least, move);
      greatest = Math.max(greatest, move);
    }
    this.#fallen = this.#fallen === 0 ? 1 : this.#fallen * (least / greatest);
    this.#pricesBefore.set(prices);
  }

  #test(view: View, account: number): void {
    if (this.#spent[account] === this.#run || !this.#isDue(view, account)) return;
    const { found } = this;
    if (this.#compiled.isLending[account] === 1) found.lending[found.lendingCount++] = account;
    else found.others.push(account as AccountRow);
  }

  #isDue(view: View, account: number): boolean {
    const slack = this.#compiled.healthSlack[account]!;
    if (slack < 0) return isDue(view, account as AccountRow);
    if (this.#valuedIn[account] === this.#run) {
      const least = (this.#health[account]! * this.#fallen) / this.#fallenThen[account]!;
      if (least >= 1 + slack) return false;
    }
    const { healthFactor, debtUsd } = valueAccount(view, account as AccountRow, this.#value);
    this.#valuedIn[account] = this.#run;
    this.#health[account] = healthFactor;
    this.#fallenThen[account] = this.#fallen;
    if (debtUsd <= 0) return false;
    if (view.isTouched[account] === 1) return healthFactor < 1;
    // Near the line, and where rounding weighs more than that, the venue's own integers decide.
    const isNear = slack > 2 * DUE_SLACK || Math.abs(healthFactor - 1) < slack;
    return isNear ? isDue(view, account as AccountRow) : healthFactor < 1;
  }
}
