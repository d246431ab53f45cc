import { isDue, valueAccount, type AccountRow } from '@undertow/book';
import type { View } from '../../state.ts';
import type { CompiledBook } from './compiled-book.ts';
import { isWide } from './due-lines.ts';
import { LendingDue } from './lending-due.ts';
import { NO_RECORD, type LiveRecords } from './lending-records.ts';

/** As long as prices have to be asked again in any case, and never again in this run. */
const ALWAYS = Infinity;
const NEVER = -1;

/**
 * Finds who is due in every round of a run, without looking at accounts that cannot be.
 *
 * Accounts enter a list of those to be watched when the book's index of lines finds them, or when their amounts change. Of each stands
 * there how far prices must fall against each other before it may be due: from one round to the next no health factor falls by more than
 * the least move of a price ÷ the greatest. Before that it is not looked at. Of accounts of lending venues `LendingDue` keeps that list.
 */
export class DueFinder {
  /** Of venues where debt is repaid and collateral seized. */
  readonly lending: LendingDue;
  /** All others that are due, in the book's order. */
  readonly others: AccountRow[] = [];
  readonly #compiled: CompiledBook;
  readonly #candidates: Int32Array;
  readonly #prices: Float64Array;
  readonly #pricesBefore: Float64Array;
  /** Accounts that are watched, and below which `#fallen` they have to be valued. */
  readonly #watched: Int32Array;
  readonly #until: Float64Array;
  #watchedCount = 0;
  /** By account: 1 + its row among those that are watched; 0 = it is not. */
  readonly #watchedAs: Int32Array;
  readonly #hasRecord: (account: number) => boolean;
  /** By row of terms. */
  readonly #termsUsd: Float64Array;
  /** The product over rounds of the least move of a price ÷ the greatest. */
  #fallen = 1;
  #isFirst = true;
  /** Prices have moved so far against each other that no slack holds. */
  #isWide = false;

  constructor(compiled: CompiledBook, records: LiveRecords, termsUsd: Float64Array) {
    const { count } = compiled.book.accounts;
    this.#compiled = compiled;
    this.#hasRecord = (account) => records.ofAccount[account] !== NO_RECORD;
    this.#termsUsd = termsUsd;
    this.#candidates = new Int32Array(compiled.due.most);
    this.#prices = new Float64Array(compiled.oracleRows.count);
    this.#pricesBefore = new Float64Array(compiled.oracleRows.count);
    this.#watched = new Int32Array(count);
    this.#until = new Float64Array(count);
    this.#watchedAs = new Int32Array(count);
    this.lending = new LendingDue(compiled, records, termsUsd);
  }

  /** Before the first search of a run. */
  begin(): void {
    for (let row = 0; row < this.#watchedCount; row++) this.#watchedAs[this.#watched[row]!] = 0;
    this.#watchedCount = 0;
    this.#isFirst = true;
    this.#compiled.due.begin();
    this.lending.begin();
  }

  /** The amounts of an account have changed; of those that have records only those that are due are called. */
  forget(account: number): void {
    if (!this.#hasRecord(account)) this.#until[this.#watch(account)] = ALWAYS;
  }

  #watch(account: number): number {
    const known = this.#watchedAs[account]! - 1;
    if (known !== -1) return known;
    const row = this.#watchedCount++;
    this.#watched[row] = account;
    this.#watchedAs[account] = row + 1;
    return row;
  }

  find(view: View): void {
    const { oracleUsd, oracleRows } = this.#compiled;
    this.#isWide = isWide(view.oraclePriceUsd, oracleUsd);
    this.#follow(oracleRows.fill(view, this.#prices));
    this.lending.find(view, this.#prices, this.#isWide);
    this.#findOthers(view);
  }

  #findOthers(view: View): void {
    const { due: index, book } = this.#compiled;
    const until = this.#until;
    const fallen = this.#fallen;
    this.others.length = 0;
    if (this.#isWide) {
      for (let account = 0; account < book.accounts.count; account++)
        if (!this.#hasRecord(account)) until[this.#watch(account)] = this.#test(view, account);
      return;
    }
    for (let row = 0; row < this.#watchedCount; row++)
      if (fallen < until[row]!) until[row] = this.#test(view, this.#watched[row]!);
    const count = index.next(this.#prices, fallen, this.#candidates);
    for (let i = 0; i < count; i++) {
      const account = this.#candidates[i]!;
      if (this.#watchedAs[account] === 0) until[this.#watch(account)] = this.#test(view, account);
    }
    this.others.sort((a, b) => a - b);
  }

  /** Notes how far prices have fallen against each other since the search before. */
  #follow(prices: Float64Array): void {
    const before = this.#pricesBefore;
    let least = Infinity;
    let greatest = 0;
    for (let row = 0; row < prices.length; row++) {
      const move = prices[row] === before[row] ? 1 : prices[row]! / before[row]!;
      least = Math.min(least, move);
      greatest = Math.max(greatest, move);
    }
    this.#fallen = this.#isFirst ? 1 : this.#fallen * (least / greatest);
    this.#isFirst = false;
    before.set(prices);
  }

  /** Notes an account that is due; returns below which `#fallen` it has to be valued again. */
  #test(view: View, account: number): number {
    const slack = this.#compiled.healthSlack[account]!;
    if (slack < 0) {
      if (isDue(view, account as AccountRow)) this.others.push(account as AccountRow);
      return ALWAYS;
    }
    this.#value(view, account);
    const healthFactor = this.#worth[0]!;
    const debtUsd = this.#worth[1]!;
    let due = healthFactor < 1;
    // Near the line the venue's own integers decide.
    if (view.isTouched[account] === 0 && (this.#isWide || Math.abs(healthFactor - 1) < slack))
      due = isDue(view, account as AccountRow);
    if (!due || !(debtUsd > 0))
      return healthFactor === Infinity ? NEVER : (this.#fallen * (1 + slack)) / healthFactor;
    this.others.push(account as AccountRow);
    return ALWAYS;
  }

  /** Of the account that was valued last: its health factor, and what it owes. */
  readonly #worth = new Float64Array(2);

  /** As `valueAccount`, in the same order of arithmetic, without reading what has no options off a book's columns. */
  #value(view: View, account: number): void {
    const { book, terms, hasOptions } = this.#compiled;
    if (hasOptions[account] === 1) {
      const { healthFactor, debtUsd } = valueAccount(view, account as AccountRow);
      this.#worth[0] = healthFactor;
      this.#worth[1] = debtUsd;
      return;
    }
    const { legStart } = book.accounts;
    const { amount } = view;
    let weightedUsd = 0;
    let debtUsd = 0;
    let backedUsd = 0;
    for (let leg = legStart[account]!; leg < legStart[account + 1]!; leg++) {
      const row = terms.of[leg]!;
      const valueUsd = amount[leg]! * this.#termsUsd[row]!;
      if (terms.isOwed[row] === 1) {
        debtUsd += valueUsd;
        backedUsd += valueUsd * terms.backed[row]!;
      } else if (terms.threshold[row]! > 0) weightedUsd += valueUsd * terms.threshold[row]!;
    }
    this.#worth[0] = backedUsd > 0 ? weightedUsd / backedUsd : Infinity;
    this.#worth[1] = debtUsd;
  }
}
