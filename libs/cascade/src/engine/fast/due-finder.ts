import { isDue, valueAccount, type AccountRow } from '@undertow/book';
import type { View } from '../../state.ts';
import type { CompiledBook } from './compiled-book.ts';
import { isWide } from './due-lines.ts';
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

/** As long as prices have to be asked again in any case, and never again in this run. */
const ALWAYS = Infinity;
const NEVER = -1;

/**
 * Finds who is due in every round of a run, without looking at accounts that cannot be.
 *
 * Accounts enter a list of those to be watched when the book's index of lines finds them, or when their amounts change. Of each stands
 * there how far prices must fall against each other before it may be due: from one round to the next no health factor falls by more than
 * the least move of a price ÷ the greatest. Before that it is not looked at.
 */
export class DueFinder {
  readonly found: FoundDue;
  readonly #compiled: CompiledBook;
  readonly #candidates: Int32Array;
  readonly #prices: Float64Array;
  readonly #pricesBefore: Float64Array;
  readonly #value = new Float64Array(2);
  /** Accounts that are watched, and below which `#fallen` they have to be valued. */
  readonly #watched: Int32Array;
  readonly #until: Float64Array;
  #watchedCount = 0;
  /** By account: 1 + its row among those that are watched; 0 = it is not. */
  readonly #watchedAs: Int32Array;
  /** The product over rounds of the least move of a price ÷ the greatest. */
  #fallen = 1;
  #isFirst = true;
  /** Prices have moved so far against each other that no slack holds. */
  #isWide = false;

  constructor(compiled: CompiledBook) {
    const { count } = compiled.book.accounts;
    this.#compiled = compiled;
    this.#candidates = new Int32Array(compiled.due.most);
    this.#prices = new Float64Array(compiled.oracleRows.count);
    this.#pricesBefore = new Float64Array(compiled.oracleRows.count);
    this.#watched = new Int32Array(count);
    this.#until = new Float64Array(count);
    this.#watchedAs = new Int32Array(count);
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
    for (let row = 0; row < this.#watchedCount; row++) this.#watchedAs[this.#watched[row]!] = 0;
    this.#watchedCount = 0;
    this.#isFirst = true;
    this.#compiled.due.begin();
  }

  /** Nothing is left to take of an account in this run, whatever prices do. */
  spend(account: number): void {
    this.#until[this.#watch(account)] = NEVER;
  }

  /** The amounts of an account have changed. */
  forget(account: number): void {
    this.#until[this.#watch(account)] = ALWAYS;
  }

  #watch(account: number): number {
    const known = this.#watchedAs[account]! - 1;
    if (known !== -1) return known;
    const row = this.#watchedCount++;
    this.#watched[row] = account;
    this.#watchedAs[account] = row + 1;
    return row;
  }

  find(view: View): FoundDue {
    const { found } = this;
    const { due: index, oracleUsd, oracleRows, book } = this.#compiled;
    found.lendingCount = 0;
    found.others.length = 0;
    this.#follow(oracleRows.fill(view, this.#prices));
    this.#isWide = isWide(view.oraclePriceUsd, oracleUsd);
    if (this.#isWide) {
      for (let account = 0; account < book.accounts.count; account++)
        this.#until[this.#watch(account)] = this.#test(view, account);
      return found;
    }
    const [until, fallen] = [this.#until, this.#fallen];
    for (let row = 0; row < this.#watchedCount; row++)
      if (fallen < until[row]!) until[row] = this.#test(view, this.#watched[row]!);
    const count = index.next(this.#prices, fallen, this.#candidates);
    for (let i = 0; i < count; i++) {
      const account = this.#candidates[i]!;
      if (this.#watchedAs[account] === 0) until[this.#watch(account)] = this.#test(view, account);
    }
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
    this.#fallen = this.#isFirst ? 1 : this.#fallen * (least / greatest);
    this.#isFirst = false;
    this.#pricesBefore.set(prices);
  }

  /** Notes an account that is due; returns below which `#fallen` it has to be valued again. */
  #test(view: View, account: number): number {
    const slack = this.#compiled.healthSlack[account]!;
    if (slack < 0) {
      if (isDue(view, account as AccountRow)) this.found.others.push(account as AccountRow);
      return ALWAYS;
    }
    this.#work(view, account);
    const health = this.#value[HEALTH]!;
    if (!this.#isDue(view, account, slack))
      return health === Infinity ? NEVER : (this.#fallen * (1 + slack)) / health;
    const { found } = this;
    if (this.#compiled.isLending[account] === 1) {
      const row = found.lendingCount++;
      found.lending[row] = account;
      found.health[row] = health;
      found.debtUsd[row] = this.#value[DEBT_USD]!;
    } else found.others.push(account as AccountRow);
    return ALWAYS;
  }

  /** Whether an account that has just been worked out is due. */
  #isDue(view: View, account: number, slack: number): boolean {
    const health = this.#value[HEALTH]!;
    if (this.#value[DEBT_USD]! <= 0) return false;
    if (view.isTouched[account] === 1) return health < 1;
    // Near the line the venue's own integers decide.
    const isNear = this.#isWide || Math.abs(health - 1) < slack;
    return isNear ? isDue(view, account as AccountRow) : health < 1;
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
