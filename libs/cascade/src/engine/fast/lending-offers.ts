import { compareText, type Book } from '@undertow/book';
import type { View } from '../../state.ts';
import type { CompiledBook } from './compiled-book.ts';
import type { LegTerms } from './leg-terms.ts';
import {
  CLOSE_FACTOR,
  FULL_CLOSE_HEALTH,
  IS_OF_ONE_DEBT,
  LEAST_LEFTOVER_USD,
  LEAST_SEIZED_USD,
  lendingRules,
  RULE_WIDTH,
  SEIZES_ALL,
  SMALL_USD,
} from './lending-rules.ts';
import { NO_CURVE, type SegmentMarket } from './segment-market.ts';

/** Numbers of an offer, side by side: `OFFER_WIDTH` from `OFFER_WIDTH` × its row on. At size 1. */
export const OFFER_WIDTH = 8;
/** Asset units that the liquidator gets, and hands over; the first are what is seized less the protocol's fee. */
export const UNITS = 0;
export const REPAID = 1;
export const SEIZED = 2;
export const REPAID_USD = 3;
export const SEIZED_USD = 4;
/** See `Offer.mostPart`. */
export const MOST_PART = 5;
/** About as many units on the curves on which the two assets trade, see `SegmentMarket.unitsOf`. */
export const SALE = 6;
export const PURCHASE = 7;

/** Rows of an offer, side by side in the same way. */
export const DEBT_LEG = 0;
export const COLLATERAL_LEG = 1;
export const SOLD = 2;
export const BOUGHT = 3;
export const SALE_CURVE = 4;
export const PURCHASE_CURVE = 5;
/** 1 = the collateral sets the limit, and is gone after the whole call. */
export const IS_SHORT = 6;

/** Why an account has no offers; 0 = its venue would accept a call. */
export const NO_COLLATERAL = 1;
export const PAUSED = 2;

/**
 * What venues where debt is repaid and collateral seized would accept in a round, as `repayAndSeize` offers it, in columns. Oracles do
 * not move within a round and each account is called once, so that an offer that was worked out to rank an account is the one that it
 * is called with.
 */
export class LendingOffers {
  count = 0;
  numbers = new Float64Array(OFFER_WIDTH * 1_024);
  rows = new Int32Array(OFFER_WIDTH * 1_024);
  /** Of the account that was added last: `NO_COLLATERAL`, `PAUSED` or 0. */
  refusal = 0;
  /** Nothing is owed any more, or nothing is left that could be taken, whatever prices do. */
  isBare = false;

  readonly #book: Book;
  readonly #terms: LegTerms;
  readonly #rules: Float64Array;
  readonly #market: SegmentMarket;
  /** By asset, its place among all by address. */
  readonly #addressRank: Int32Array;
  readonly #debts: Int32Array;
  readonly #collaterals: Int32Array;
  /** Value of each leg of the account, from its first on, USD. */
  readonly #legUsd: Float64Array;
  #view: View | undefined;

  constructor({ book, terms }: CompiledBook, market: SegmentMarket) {
    this.#book = book;
    this.#terms = terms;
    this.#rules = lendingRules(book);
    this.#market = market;
    const order = book.assets
      .map((_, row) => row)
      .sort((a, b) => compareText(book.assets[a]!.address, book.assets[b]!.address));
    this.#addressRank = new Int32Array(order.length);
    for (const [rank, row] of order.entries()) this.#addressRank[row] = rank;
    const { legStart } = book.accounts;
    let most = 0;
    for (let row = 0; row + 1 < legStart.length; row++)
      most = Math.max(most, legStart[row + 1]! - legStart[row]!);
    this.#debts = new Int32Array(most);
    this.#collaterals = new Int32Array(most);
    this.#legUsd = new Float64Array(most);
  }

  /** Amounts and oracle prices from now on; none is offered yet. */
  look(view: View): void {
    this.#view = view;
    this.count = 0;
  }

  /** Adds the offers of an account, the largest debt and collateral first; returns how many. */
  add(account: number, health: number, debtUsd: number): number {
    const { legStart, venue } = this.#book.accounts;
    const first = legStart[account]!;
    const rule = RULE_WIDTH * venue[account]!;
    this.#findSides(first, legStart[account + 1]!, rule);
    const before = this.count;
    this.#reserve(this.#debtCount * this.#collateralCount);
    for (let d = 0; d < this.#debtCount; d++) {
      const debtLeg = this.#debts[d]!;
      for (let c = 0; c < this.#collateralCount; c++) {
        const most = this.#largestRepayment(rule, {
          first,
          debtLeg,
          collateralLeg: this.#collaterals[c]!,
          health,
          debtUsd,
        });
        if (most > 0) this.#write(rule, first, debtLeg, this.#collaterals[c]!, most);
      }
    }
    return this.count - before;
  }

  #debtCount = 0;
  #collateralCount = 0;

  /** As `sidesOf`: debts and collaterals, the largest first. */
  #findSides(first: number, end: number, rule: number): void {
    const { amount, oraclePriceUsd } = this.#view!;
    const { of, oracle, isOwed, threshold, bonus } = this.#terms;
    const seizesAll = this.#rules[rule + SEIZES_ALL] === 1;
    const leastUsd = this.#rules[rule + LEAST_SEIZED_USD]!;
    let isPaused = false;
    let owes = false;
    let has = false;
    this.#debtCount = 0;
    this.#collateralCount = 0;
    for (let leg = first; leg < end; leg++) {
      if (amount[leg]! <= 0) continue;
      const row = of[leg]!;
      const valueUsd = amount[leg]! * oraclePriceUsd[oracle[row]!]!;
      const isDebt = isOwed[row] === 1;
      if (!isDebt && !(threshold[row]! > 0) && !seizesAll) continue;
      if (isDebt) owes = true;
      else has = true;
      this.#legUsd[leg - first] = valueUsd;
      if (valueUsd < leastUsd) continue;
      if (isDebt) this.#insert(this.#debts, this.#debtCount++, leg, first);
      else if (bonus[row]! > 0) this.#insert(this.#collaterals, this.#collateralCount++, leg, first);
      else isPaused = true;
    }
    this.isBare = !owes || !has;
    this.refusal = this.#collateralCount > 0 ? 0 : isPaused ? PAUSED : NO_COLLATERAL;
  }

  /** By value, then by the asset's name, then as they stand in the book. */
  #insert(into: Int32Array, count: number, leg: number, first: number): void {
    let at = count;
    for (; at > 0; at--) {
      const other = into[at - 1]!;
      const apart = this.#legUsd[leg - first]! - this.#legUsd[other - first]!;
      if (apart < 0 || (apart === 0 && this.#rankOf(other) <= this.#rankOf(leg))) break;
      into[at] = other;
    }
    into[at] = leg;
  }

  #rankOf(leg: number): number {
    return this.#addressRank[this.#terms.asset[this.#terms.of[leg]!]!]!;
  }

  #reserve(more: number): void {
    const wanted = OFFER_WIDTH * (this.count + more);
    if (wanted <= this.rows.length) return;
    const [numbers, rows] = [this.numbers, this.rows];
    this.numbers = new Float64Array(2 * wanted);
    this.rows = new Int32Array(2 * wanted);
    this.numbers.set(numbers);
    this.rows.set(rows);
  }

  /** As the function of the kernel: of a debt, units. */
  #largestRepayment(
    rule: number,
    of: {
      readonly first: number;
      readonly debtLeg: number;
      readonly collateralLeg: number;
      readonly health: number;
      readonly debtUsd: number;
    },
  ): number {
    const rules = this.#rules;
    const { first, debtLeg, collateralLeg } = of;
    const owed = this.#view!.amount[debtLeg]!;
    const fullClose = rules[rule + FULL_CLOSE_HEALTH]!;
    const closeFactor = rules[rule + CLOSE_FACTOR]!;
    if (fullClose > 0 && of.health <= fullClose) return owed;
    if (rules[rule + IS_OF_ONE_DEBT] === 1) return owed * closeFactor;
    const debtUsd = this.#legUsd[debtLeg - first]!;
    const collateralUsd = this.#legUsd[collateralLeg - first]!;
    const smallUsd = rules[rule + SMALL_USD]!;
    if (debtUsd < smallUsd || collateralUsd < smallUsd) return owed;
    const shareUsd = of.debtUsd * closeFactor;
    if (debtUsd <= shareUsd) return owed;
    const { of: termsOf, oracle, bonus } = this.#terms;
    const bonusFactor = 1 + bonus[termsOf[collateralLeg]!]!;
    const leastUsd = rules[rule + LEAST_LEFTOVER_USD]!;
    const leavesDebtUsd = debtUsd - leastUsd;
    const leavesCollateralUsd = (collateralUsd - leastUsd) / bonusFactor;
    const clearsCollateral = shareUsd * bonusFactor >= collateralUsd;
    const repaidUsd = clearsCollateral ? shareUsd : Math.min(shareUsd, leavesDebtUsd, leavesCollateralUsd);
    return repaidUsd / this.#view!.oraclePriceUsd[oracle[termsOf[debtLeg]!]!]!;
  }

  /** As `offerOf` of the kernel. */
  #write(rule: number, first: number, debtLeg: number, collateralLeg: number, allowed: number): void {
    const { amount, oraclePriceUsd } = this.#view!;
    const { of, oracle, asset, bonus, fee } = this.#terms;
    const { numbers, rows } = this;
    const { curveOf, unitsOf } = this.#market;
    const [debtRow, collateralRow] = [of[debtLeg]!, of[collateralLeg]!];
    const debtPriceUsd = oraclePriceUsd[oracle[debtRow]!]!;
    const collateralPriceUsd = oraclePriceUsd[oracle[collateralRow]!]!;
    const bonusFactor = 1 + bonus[collateralRow]!;
    const wanted = ((allowed * debtPriceUsd) / collateralPriceUsd) * bonusFactor;
    const has = amount[collateralLeg]!;
    const isShort = wanted >= has;
    const seized = isShort ? has : wanted;
    const repaid = isShort ? (seized * collateralPriceUsd) / debtPriceUsd / bonusFactor : allowed;
    const units = seized - (seized - seized / bonusFactor) * fee[collateralRow]!;
    const [sold, bought] = [asset[collateralRow]!, asset[debtRow]!];
    const at = OFFER_WIDTH * this.count++;
    numbers[at + UNITS] = units;
    numbers[at + REPAID] = repaid;
    numbers[at + SEIZED] = seized;
    numbers[at + REPAID_USD] = repaid * debtPriceUsd;
    numbers[at + SEIZED_USD] = seized * collateralPriceUsd;
    numbers[at + MOST_PART] = 1;
    numbers[at + SALE] = units * unitsOf[sold]!;
    numbers[at + PURCHASE] = repaid * unitsOf[bought]!;
    rows[at + DEBT_LEG] = debtLeg;
    rows[at + COLLATERAL_LEG] = collateralLeg;
    rows[at + SOLD] = sold;
    rows[at + BOUGHT] = bought;
    const areApart = this.#market.areApart(sold, bought);
    rows[at + SALE_CURVE] = areApart ? curveOf[sold]! : NO_CURVE;
    rows[at + PURCHASE_CURVE] = curveOf[bought]!;
    rows[at + IS_SHORT] = Number(isShort);
    const leastUsd = this.#rules[rule + LEAST_LEFTOVER_USD]!;
    if (leastUsd === 0) return;
    const ofDebt = (this.#legUsd[debtLeg - first]! - leastUsd) / numbers[at + REPAID_USD]!;
    const ofCollateral = (this.#legUsd[collateralLeg - first]! - leastUsd) / numbers[at + SEIZED_USD]!;
    numbers[at + MOST_PART] = Math.min(1, Math.max(0, Math.min(ofDebt, ofCollateral)));
  }
}
