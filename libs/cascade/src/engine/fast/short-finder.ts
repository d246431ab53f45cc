import { LEG_ROLES, type AccountRow } from '@undertow/book';
import type { CompiledBook } from './compiled-book.ts';
import type { LendingDue } from './lending-due.ts';
import { ACCOUNT, HEAD, HELD, LEG, NO_RECORD, OWED, TERMS } from './lending-records.ts';
import type { LiveMarket } from './live-market.ts';
import type { RunAmounts } from './run-amounts.ts';

/** Equity above this share of what is owed is no shortfall, whatever floats leave. */
const SOUND = 1e-6;

/** Finds the accounts that may owe more than they have where the markets stand: few of those that a run has touched do. */
export class ShortFinder {
  readonly #compiled: CompiledBook;
  readonly #candidates: Int32Array;
  readonly #marketUsd: Float64Array;
  /** By row of terms: 1 = nobody may take it, so that it does not count. */
  readonly #isSupply: Uint8Array;

  constructor(compiled: CompiledBook) {
    this.#compiled = compiled;
    this.#candidates = new Int32Array(compiled.short.most);
    this.#marketUsd = new Float64Array(compiled.marketRows.count);
    this.#isSupply = Uint8Array.from(compiled.terms.role, (role) => Number(LEG_ROLES[role] === 'supply'));
  }

  /** Accounts among which all are that fall short, and others besides, in the book's order. */
  find(
    also: Iterable<AccountRow>,
    at: {
      readonly market: LiveMarket;
      readonly amounts: RunAmounts;
      readonly lending: LendingDue;
      readonly volatilityFactor: number;
    },
  ): AccountRow[] {
    const { short, marketRows } = this.#compiled;
    const { market, amounts, volatilityFactor } = at;
    short.begin();
    const prices = marketRows.fill(market.marketUsd, volatilityFactor, this.#marketUsd);
    const count = short.next(prices, 1, this.#candidates);
    const found = new Set<AccountRow>(also);
    for (let i = 0; i < count; i++) this.#add(this.#candidates[i]!, { market, amounts, found });
    at.lending.eachTouched((word) => {
      this.#sumRecord({ market, amounts }, word);
      if (!this.#isSound()) found.add(amounts.records.halves[2 * word + ACCOUNT]! as AccountRow);
    });
    for (const account of amounts.touched) this.#add(account, { market, amounts, found });
    return [...found].sort((a, b) => a - b);
  }

  #add(
    account: number,
    to: { readonly market: LiveMarket; readonly amounts: RunAmounts; readonly found: Set<AccountRow> },
  ): void {
    const { hasOptions } = this.#compiled;
    const { records } = to.amounts;
    const word = records.ofAccount[account]!;
    if (word === NO_RECORD) this.#sumLegs(to, account);
    else this.#sumRecord(to, word);
    // Options are worth what their tables say.
    if (hasOptions[account] === 1 || !this.#isSound()) to.found.add(account as AccountRow);
  }

  #isSound(): boolean {
    return this.#heldUsd - this.#owedUsd > SOUND * this.#owedUsd;
  }

  #heldUsd = 0;
  #owedUsd = 0;

  #sumRecord(
    { market, amounts }: { readonly market: LiveMarket; readonly amounts: RunAmounts },
    word: number,
  ) {
    const { terms } = this.#compiled;
    const { words, halves } = amounts.records;
    const { marketUsd } = market;
    let leg = word + HEAD;
    const owed = leg + LEG * halves[2 * word + HELD]!;
    const end = owed + LEG * halves[2 * word + OWED]!;
    let heldUsd = 0;
    let owedUsd = 0;
    for (; leg < owed; leg += LEG) {
      const row = halves[2 * leg + TERMS]!;
      if (this.#isSupply[row] === 0) heldUsd += words[leg]! * marketUsd[terms.asset[row]!]!;
    }
    for (; leg < end; leg += LEG) owedUsd += words[leg]! * marketUsd[terms.asset[halves[2 * leg + TERMS]!]!]!;
    this.#heldUsd = heldUsd;
    this.#owedUsd = owedUsd;
  }

  #sumLegs(
    { market, amounts }: { readonly market: LiveMarket; readonly amounts: RunAmounts },
    account: number,
  ) {
    const { book, terms } = this.#compiled;
    const { legStart } = book.accounts;
    const { marketUsd } = market;
    const { amount } = amounts;
    this.#heldUsd = 0;
    this.#owedUsd = 0;
    for (let leg = legStart[account]!; leg < legStart[account + 1]!; leg++) {
      const row = terms.of[leg]!;
      if (this.#isSupply[row] === 1) continue;
      const valueUsd = amount[leg]! * marketUsd[terms.asset[row]!]!;
      if (terms.isOwed[row] === 1) this.#owedUsd += valueUsd;
      else this.#heldUsd += valueUsd;
    }
  }
}
