import { LEG_ROLES, type AccountRow } from '@undertow/book';
import type { CompiledBook } from './compiled-book.ts';
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
    at: { readonly market: LiveMarket; readonly amounts: RunAmounts; readonly volatilityFactor: number },
  ): AccountRow[] {
    const { short, marketRows } = this.#compiled;
    const { market, amounts, volatilityFactor } = at;
    short.begin();
    const prices = marketRows.fill(market.marketUsd, volatilityFactor, this.#marketUsd);
    const count = short.next(prices, 1, this.#candidates);
    const found = new Set<AccountRow>(also);
    for (let i = 0; i < count; i++) this.#add(this.#candidates[i]!, { market, amounts, found });
    for (const account of amounts.touched) this.#add(account, { market, amounts, found });
    return [...found].sort((a, b) => a - b);
  }

  #add(
    account: number,
    to: { readonly market: LiveMarket; readonly amounts: RunAmounts; readonly found: Set<AccountRow> },
  ): void {
    const { book, terms, hasOptions } = this.#compiled;
    const { legStart } = book.accounts;
    const { marketUsd } = to.market;
    const { amount } = to.amounts;
    let equityUsd = 0;
    let owedUsd = 0;
    for (let leg = legStart[account]!; leg < legStart[account + 1]!; leg++) {
      const row = terms.of[leg]!;
      if (this.#isSupply[row] === 1) continue;
      const valueUsd = amount[leg]! * marketUsd[terms.asset[row]!]!;
      if (terms.isOwed[row] === 1) owedUsd += valueUsd;
      else equityUsd += valueUsd;
    }
    equityUsd -= owedUsd;
    // Options are worth what their tables say.
    if (hasOptions[account] === 1 || !(equityUsd > SOUND * owedUsd)) to.found.add(account as AccountRow);
  }
}
