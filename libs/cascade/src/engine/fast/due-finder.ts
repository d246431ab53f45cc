import { isDue, valueAccount, type AccountRow } from '@undertow/book';
import type { View } from '../../state.ts';
import type { CompiledBook } from './compiled-book.ts';
import { DUE_SLACK, isWide } from './due-lines.ts';
import { DEBT_USD, HEALTH, valueInto } from './leg-terms.ts';

/** Accounts that are due at one moment of a run. Written anew by the next search. */
export interface FoundDue {
  /** Of venues where debt is repaid and collateral seized: the first `lendingCount`, in any order. */
  readonly lending: Int32Array;
  lendingCount: number;
  /** Of each of these: its health factor, and what it owes, USD. */
  readonly health: Float64Array;
  readonly debtUsd: Float64Array;
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
  readonly #value = new Float64Array(2);
  /** By account: the search in which it was last seen. */
  readonly #seen: Uint32Array;
  /**
   * Four numbers by account, side by side as they are read together: the run in which its health factor was worked out last, that, what
   * that times the present `#fallen` must be above for it not to be due, and its slack.
   */
  readonly #valued: Float64Array;
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
    this.#valued = new Float64Array(4 * count);
    for (let account = 0; account < count; account++)
      this.#valued[4 * account + 3] = compiled.healthSlack[account]!;
    this.found = {
      lending: new Int32Array(count),
      lendingCount: 0,
      health: new Float64Array(count),
      debtUsd: new Float64Array(count),
      others: [],
    };
  }

  /** Before the first search of a run. */
  begin(): void {
    this.#run += 1;
    this.#fallen = 0;
  }

  /** Nothing is left to take of an account in this run, whatever prices do. */
  spend(account: number): void {
    this.#valued[4 * account] = this.#run;
    this.#valued[4 * account + 1] = Infinity;
  }

  /** The amounts of an account have changed. */
  forget(account: number): void {
    this.#valued[4 * account] = 0;
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
      if (this.#isFar(account) || view.isTouched[account] === 1) continue;
      // Margin accounts have several lines.
      if (this.#seen[account] === this.#search) continue;
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

  /** Whether prices cannot have brought an account to its line since it was valued in this run. */
  #isFar(account: number): boolean {
    const at = 4 * account;
    return this.#valued[at] === this.#run && this.#valued[at + 1]! * this.#fallen >= this.#valued[at + 2]!;
  }

  #test(view: View, account: number): void {
    if (this.#isFar(account) || !this.#isDue(view, account)) return;
    const { found } = this;
    if (this.#compiled.isLending[account] === 1) {
      const row = found.lendingCount++;
      found.lending[row] = account;
      found.health[row] = this.#value[HEALTH]!;
      found.debtUsd[row] = this.#value[DEBT_USD]!;
    } else found.others.push(account as AccountRow);
  }

  #isDue(view: View, account: number): boolean {
    const at = 4 * account;
    const slack = this.#valued[at + 3]!;
    if (slack < 0) return isDue(view, account as AccountRow);
    this.#work(view, account);
    const [healthFactor, debtUsd] = [this.#value[HEALTH]!, this.#value[DEBT_USD]!];
    this.#valued[at] = this.#run;
    this.#valued[at + 1] = healthFactor;
    this.#valued[at + 2] = this.#fallen * (1 + slack);
    if (debtUsd <= 0) return false;
    if (view.isTouched[account] === 1) return healthFactor < 1;
    // Near the line, and where rounding weighs more than that, the venue's own integers decide.
    const isNear = slack > 2 * DUE_SLACK || Math.abs(healthFactor - 1) < slack;
    return isNear ? isDue(view, account as AccountRow) : healthFactor < 1;
  }

  /** Works out what an account is worth. */
  #work(view: View, account: number): void {
    const { terms, isFloored, hasOptions, book } = this.#compiled;
    if (hasOptions[account] === 1) {
      const { healthFactor, debtUsd } = valueAccount(view, account as AccountRow);
      this.#value[HEALTH] = healthFactor;
      this.#value[DEBT_USD] = debtUsd;
      return;
    }
    const [first, end] = [book.accounts.legStart[account]!, book.accounts.legStart[account + 1]!];
    valueInto(terms, { first, end, isFloored: isFloored[account] === 1 }, view, this.#value);
  }
}
