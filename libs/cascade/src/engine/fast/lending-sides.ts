import { addressRanks } from '../../address-ranks.ts';
import type { CompiledBook } from './compiled-book.ts';
import type { LegTerms } from './leg-terms.ts';
import type { OfferPlace } from './lending-offers.ts';
import { HEAD, HELD, LEG, OWED, RULE, TERMS } from './lending-records.ts';
import { LEAST_SEIZED_USD } from './lending-rules.ts';

/** The debts and the collateral of one account that a call may be about, as words of the records, in the book's order: see `sidesOf`. */
export class LendingSides {
  readonly debts: Int32Array;
  readonly collaterals: Int32Array;
  debtCount = 0;
  collateralCount = 0;
  /** Some collateral would count, but nobody may take it now. */
  isPaused = false;
  /** Nothing is owed any more, or nothing is left that could be taken, whatever prices do. */
  isBare = false;
  readonly #terms: LegTerms;
  readonly #place: OfferPlace;
  /** By asset, its place among all by address. */
  readonly #addressRank: Int32Array;

  constructor({ book, terms, mostLegs }: CompiledBook, place: OfferPlace) {
    this.#terms = terms;
    this.#place = place;
    this.#addressRank = addressRanks(book);
    this.debts = new Int32Array(mostLegs);
    this.collaterals = new Int32Array(mostLegs);
  }

  /** Those of the account whose record begins at a word. */
  find(word: number): void {
    const { records, usd, rules } = this.#place;
    const { words, halves } = records;
    const { counts, isSeizable } = this.#terms;
    const leastUsd = rules[halves[2 * word + RULE]! + LEAST_SEIZED_USD]!;
    let leg = word + HEAD;
    const owed = leg + LEG * halves[2 * word + HELD]!;
    const end = owed + LEG * halves[2 * word + OWED]!;
    let has = false;
    let owes = false;
    let count = 0;
    this.isPaused = false;
    for (; leg < owed; leg += LEG) {
      const row = halves[2 * leg + TERMS]!;
      const amount = words[leg]!;
      if (!(amount > 0) || counts[row] === 0) continue;
      has = true;
      if (amount * usd[row]! < leastUsd) continue;
      if (isSeizable[row] === 1) this.collaterals[count++] = leg;
      else this.isPaused = true;
    }
    this.collateralCount = count;
    count = 0;
    for (; leg < end; leg += LEG) {
      const amount = words[leg]!;
      if (!(amount > 0)) continue;
      owes = true;
      if (!(amount * usd[halves[2 * leg + TERMS]!]! < leastUsd)) this.debts[count++] = leg;
    }
    this.debtCount = count;
    this.isBare = !has || !owes;
  }

  /** Whether a call is offered before another: that of the larger debt, then of the larger collateral. */
  isBefore(debt: number, collateral: number, otherDebt: number, otherCollateral: number): boolean {
    if (debt !== otherDebt) return this.#isLegBefore(debt, otherDebt);
    return this.#isLegBefore(collateral, otherCollateral);
  }

  /** By value, then by the asset's name, then as they stand in the book. */
  #isLegBefore(leg: number, other: number): boolean {
    const { records, usd } = this.#place;
    const { words, halves } = records;
    const { asset } = this.#terms;
    const row = halves[2 * leg + TERMS]!;
    const otherRow = halves[2 * other + TERMS]!;
    const valueUsd = words[leg]! * usd[row]!;
    const otherUsd = words[other]! * usd[otherRow]!;
    if (valueUsd !== otherUsd) return valueUsd > otherUsd;
    const apart = this.#addressRank[asset[row]!]! - this.#addressRank[asset[otherRow]!]!;
    return apart < 0 || (apart === 0 && leg < other);
  }
}
