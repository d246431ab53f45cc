import type { LegTerms } from './leg-terms.ts';
import { CASH, CURVE_WIDTH, NO_CURVE, STALE, STATE, UNIT_USD, type SegmentMarket } from './segment-market.ts';

/** Where the numbers of cash begin. */
const CASH_AT = CASH * CURVE_WIDTH;

/**
 * What the first dollar of a call brings less what it costs, by the terms of the collateral and of the debt: no call of any size brings
 * more by the dollar, since who sells more moves the price against himself. What does not move within a round is multiplied once for
 * all accounts, so that one multiplication by where the curve stands is left for each.
 */
export class LendingBounds {
  readonly #terms: LegTerms;
  readonly #segments: SegmentMarket;
  /** By row of terms: units on its curve, fees taken off or added, that a dollar repaid at the oracle's price is. */
  readonly #unitsPerUsd: Float64Array;
  /** By row of terms, where the numbers of its curve begin. */
  readonly #curveAt: Int32Array;

  constructor(terms: LegTerms, segments: SegmentMarket) {
    this.#terms = terms;
    this.#segments = segments;
    this.#unitsPerUsd = new Float64Array(terms.count);
    this.#curveAt = new Int32Array(terms.count);
  }

  /** At oracle prices by row of terms, from now on. */
  look(usd: Float64Array): void {
    const { isOwed, asset, bonusFactor, fee } = this.#terms;
    const { curveOf, unitsOf } = this.#segments;
    for (let row = 0; row < usd.length; row++) {
      const curve = curveOf[asset[row]!]!;
      this.#curveAt[row] = curve === NO_CURVE ? NO_CURVE : CURVE_WIDTH * curve;
      if (curve === NO_CURVE) continue;
      const kept = this.#segments.keptOn(curve);
      const factor = bonusFactor[row]!;
      const perUnit = isOwed[row] === 1 ? 1 / kept : (factor - (factor - 1) * fee[row]!) * kept;
      this.#unitsPerUsd[row] = (perUnit * unitsOf[asset[row]!]!) / usd[row]!;
    }
  }

  /** USD that a call brings, or costs, for the first dollar repaid, by the terms of what is taken or owed; not a number = unknown. */
  firstUsd(row: number): number {
    const at = this.#curveAt[row]!;
    if (at === NO_CURVE) return NaN;
    const { curves } = this.#segments;
    if (curves[at + STATE] === STALE) this.#segments.read(at / CURVE_WIDTH);
    return this.#unitsPerUsd[row]! * curves[at + UNIT_USD]!;
  }

  /** Whether what is sold and what is bought move the same curve, so that the one makes up for the other. */
  areOnOneCurve(collateralRow: number, debtRow: number): boolean {
    const at = this.#curveAt[collateralRow]!;
    return at === this.#curveAt[debtRow]! && at !== CASH_AT;
  }

  /** What is brought less what it costs, and a hair; below 0 = no call pays. Not a number = unknown. */
  marginOf(bringsUsd: number, costsUsd: number): number {
    return costsUsd < Infinity ? bringsUsd - costsUsd + HAIR * costsUsd : NaN;
  }

  /** The same by rows of terms. */
  margin(collateralRow: number, debtRow: number): number {
    if (this.areOnOneCurve(collateralRow, debtRow)) return NaN;
    return this.marginOf(this.firstUsd(collateralRow), this.firstUsd(debtRow));
  }
}

/** A first unit that brings so much less than it costs, as a share, is no rounding. */
const HAIR = 1e-9;
