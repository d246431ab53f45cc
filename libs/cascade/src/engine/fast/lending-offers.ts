import type { CompiledBook } from './compiled-book.ts';
import type { LegTerms } from './leg-terms.ts';
import {
  CLOSE_FACTOR,
  FULL_CLOSE_HEALTH,
  IS_OF_ONE_DEBT,
  LEAST_LEFTOVER_USD,
  SMALL_USD,
} from './lending-rules.ts';
import { RULE, TERMS, type LiveRecords } from './lending-records.ts';
import { CURVE_WIDTH, NO_CURVE, type SegmentMarket } from './segment-market.ts';

/** Numbers of an offer side by side, and rows likewise: `OFFER_WIDTH` from where it begins. */
export const OFFER_WIDTH = 8;
/** Asset units that the liquidator gets, and hands over; the first are what is seized less the protocol's fee. */
export const UNITS = 0;
export const REPAID = 1;
export const SEIZED = 2;
export const REPAID_USD = 3;
export const SEIZED_USD = 4;
/** See `Offer.mostPart`. */
export const MOST_PART = 5;

/** Where the two legs stand in the records. */
export const DEBT_LEG = 0;
export const COLLATERAL_LEG = 1;
export const SOLD = 2;
export const BOUGHT = 3;
/** Where the numbers of the curves begin on which the two assets trade, see `CURVE_WIDTH`; `NO_CURVE` = nowhere. */
export const SALE_AT = 4;
export const PURCHASE_AT = 5;
/** 1 = the collateral sets the limit, and is gone after the whole call. */
export const IS_SHORT = 6;
/** The rows of the terms of both legs, the debt's behind the other. */
export const TERMS_ROWS = 7;
export const TERMS_BITS = 16;

/** Where the offer is that is written over and over; those behind it are kept until the round is over. */
export const SCRATCH = 0;

/** What an offer depends on besides its two legs. */
export interface OfferPlace {
  readonly records: LiveRecords;
  /** Oracle prices by row of terms. */
  readonly usd: Float64Array;
  /** See `lendingRules`. */
  readonly rules: Float64Array;
  readonly segments: SegmentMarket;
}

/**
 * Offers of venues where debt is repaid and collateral seized, in numbers at size 1: what `repayAndSeize` would offer of two legs. Oracles
 * do not move within a round and each account is called once, so that the only offer of an account that was ranked by it is the one that
 * it is called with.
 */
export class LendingOffers {
  numbers = new Float64Array(OFFER_WIDTH * 1_024);
  rows = new Int32Array(OFFER_WIDTH * 1_024);
  /** Where the offer begins that is dealt with. */
  at = SCRATCH;
  #end = OFFER_WIDTH;
  readonly #terms: LegTerms;
  readonly #place: OfferPlace;
  /** Of the account that it is about. */
  #rule = 0;
  #health = 0;
  #debtUsd = 0;

  constructor({ terms }: CompiledBook, place: OfferPlace) {
    this.#terms = terms;
    this.#place = place;
  }

  /** None is kept. */
  begin(): void {
    this.#end = OFFER_WIDTH;
  }

  /** The next offer is kept, or may be written over. */
  turn(isKept: boolean): void {
    this.at = SCRATCH;
    if (!isKept) return;
    this.at = this.#end;
    this.#end += OFFER_WIDTH;
    if (this.#end <= this.rows.length) return;
    const numbers = this.numbers;
    const rows = this.rows;
    this.numbers = new Float64Array(2 * this.#end);
    this.rows = new Int32Array(2 * this.#end);
    this.numbers.set(numbers);
    this.rows.set(rows);
  }

  /** Offers are of the account whose record begins at a word from now on. */
  about(word: number, health: number, debtUsd: number): void {
    this.#rule = this.#place.records.halves[2 * word + RULE]!;
    this.#health = health;
    this.#debtUsd = debtUsd;
  }

  /** As `largestRepayment`: of a debt, units. */
  largestRepayment(debtLeg: number, collateralLeg: number): number {
    const { records, usd, rules } = this.#place;
    const { words, halves } = records;
    const { bonusFactor } = this.#terms;
    const rule = this.#rule;
    const owed = words[debtLeg]!;
    const fullClose = rules[rule + FULL_CLOSE_HEALTH]!;
    const closeFactor = rules[rule + CLOSE_FACTOR]!;
    if (fullClose > 0 && this.#health <= fullClose) return owed;
    if (rules[rule + IS_OF_ONE_DEBT] === 1) return owed * closeFactor;
    const debtPriceUsd = usd[halves[2 * debtLeg + TERMS]!]!;
    const collateralRow = halves[2 * collateralLeg + TERMS]!;
    const debtUsd = owed * debtPriceUsd;
    const collateralUsd = words[collateralLeg]! * usd[collateralRow]!;
    const smallUsd = rules[rule + SMALL_USD]!;
    if (debtUsd < smallUsd || collateralUsd < smallUsd) return owed;
    const shareUsd = this.#debtUsd * closeFactor;
    if (debtUsd <= shareUsd) return owed;
    const leastUsd = rules[rule + LEAST_LEFTOVER_USD]!;
    const factor = bonusFactor[collateralRow]!;
    const clearsCollateral = shareUsd * factor >= collateralUsd;
    const repaidUsd = clearsCollateral
      ? shareUsd
      : Math.min(shareUsd, debtUsd - leastUsd, (collateralUsd - leastUsd) / factor);
    return repaidUsd / debtPriceUsd;
  }

  /**
   * As `offerOf` of the kernel.
   *
   * @param allowed see `largestRepayment`.
   */
  write(debtLeg: number, collateralLeg: number, allowed: number): void {
    const { records, usd, rules, segments } = this.#place;
    const { words, halves } = records;
    const { asset, bonusFactor, fee } = this.#terms;
    const { numbers, rows, at } = this;
    const debtRow = halves[2 * debtLeg + TERMS]!;
    const collateralRow = halves[2 * collateralLeg + TERMS]!;
    const debtPriceUsd = usd[debtRow]!;
    const collateralPriceUsd = usd[collateralRow]!;
    const factor = bonusFactor[collateralRow]!;
    const wanted = ((allowed * debtPriceUsd) / collateralPriceUsd) * factor;
    const has = words[collateralLeg]!;
    const isShort = wanted >= has;
    const seized = isShort ? has : wanted;
    const repaid = isShort ? (seized * collateralPriceUsd) / debtPriceUsd / factor : allowed;
    const sold = asset[collateralRow]!;
    const bought = asset[debtRow]!;
    const soldOn = segments.curveOf[sold]!;
    const boughtOn = segments.curveOf[bought]!;
    const isOnCurves = soldOn !== NO_CURVE && boughtOn !== NO_CURVE && segments.areApart(sold, bought);
    numbers[at + UNITS] = seized - (seized - seized / factor) * fee[collateralRow]!;
    numbers[at + REPAID] = repaid;
    numbers[at + SEIZED] = seized;
    numbers[at + REPAID_USD] = repaid * debtPriceUsd;
    numbers[at + SEIZED_USD] = seized * collateralPriceUsd;
    rows[at + DEBT_LEG] = debtLeg;
    rows[at + COLLATERAL_LEG] = collateralLeg;
    rows[at + SOLD] = sold;
    rows[at + BOUGHT] = bought;
    rows[at + SALE_AT] = isOnCurves ? CURVE_WIDTH * soldOn : NO_CURVE;
    rows[at + PURCHASE_AT] = isOnCurves ? CURVE_WIDTH * boughtOn : NO_CURVE;
    rows[at + IS_SHORT] = Number(isShort);
    rows[at + TERMS_ROWS] = collateralRow * (1 << TERMS_BITS) + debtRow;
    const leastUsd = rules[this.#rule + LEAST_LEFTOVER_USD]!;
    if (leastUsd === 0) {
      numbers[at + MOST_PART] = 1;
      return;
    }
    const ofDebt = (words[debtLeg]! * debtPriceUsd - leastUsd) / numbers[at + REPAID_USD]!;
    const ofCollateral = (has * collateralPriceUsd - leastUsd) / numbers[at + SEIZED_USD]!;
    numbers[at + MOST_PART] = Math.min(1, Math.max(0, Math.min(ofDebt, ofCollateral)));
  }
}
