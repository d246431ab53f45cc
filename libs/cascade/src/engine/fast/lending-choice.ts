import type { LiquidatorPolicy } from '../../scenario.ts';
import type { CompiledBook } from './compiled-book.ts';
import type { LegTerms } from './leg-terms.ts';
import { LendingBounds } from './lending-bounds.ts';
import { LendingDesk, QUOTED_USD } from './lending-desk.ts';
import {
  COLLATERAL_LEG,
  DEBT_LEG,
  LendingOffers,
  REPAID,
  TERMS_BITS,
  TERMS_ROWS,
  type OfferPlace,
} from './lending-offers.ts';
import { TERMS } from './lending-records.ts';
import { LendingSides } from './lending-sides.ts';
import type { LiveMarket } from './live-market.ts';

/** The policies under which accounts of lending venues are dealt with in numbers. */
export type PlainPolicy = Exclude<LiquidatorPolicy, { kind: 'capital' }>;

/** Whether a venue would accept a call on an account, and if not, why. */
export type Acceptance = 'accepted' | 'no-collateral' | 'paused';

const NONE = -1;

/** Of the call that was chosen last: its size, and what it pays. */
export const SIZE = 0;
export const PROFIT_USD = 1;

/**
 * Which of the calls that a lending venue would accept of an account liquidators make, and how much of it, where the markets stand: what
 * `choosePaying` does. A call that cannot bring more than another already at the prices of first units is not worked out.
 */
export class LendingChoice {
  /** The call that was chosen last stands there, after `trade`. */
  readonly offers: LendingOffers;
  /** See `SIZE`. */
  readonly taken = new Float64Array(2);
  readonly #desk: LendingDesk;
  readonly #bounds: LendingBounds;
  readonly #place: OfferPlace;
  readonly #terms: LegTerms;
  readonly #sides: LendingSides;
  /** By collateral of an account, what a dollar repaid brings at first, and how many dollars it covers. */
  readonly #bringsUsd: Float64Array;
  readonly #coversUsd: Float64Array;
  /** By pair of a debt and a collateral, debt by debt, the most USD that its call may bring. */
  readonly #mostUsd: Float64Array;
  /** The legs of the call that was chosen, and of the one that was written last. */
  #debt = NONE;
  #collateral = NONE;
  #isLastWritten = false;

  constructor(compiled: CompiledBook, market: LiveMarket, place: OfferPlace) {
    const { terms, mostLegs } = compiled;
    this.#place = place;
    this.#terms = terms;
    this.offers = new LendingOffers(compiled, place);
    this.#desk = new LendingDesk(this.offers, market, place.segments);
    this.#bounds = new LendingBounds(terms, place.segments);
    this.#sides = new LendingSides(compiled, place);
    this.#bringsUsd = new Float64Array(mostLegs);
    this.#coversUsd = new Float64Array(mostLegs);
    this.#mostUsd = new Float64Array(mostLegs * mostLegs);
  }

  /** Oracle prices have changed. */
  look(): void {
    this.#bounds.look(this.#place.usd);
    this.offers.begin();
  }

  /** Whether a venue would accept a call on an account that is due, by the word where its record begins; see `stuckAccounts`. */
  accepts(word: number, health: number, debtUsd: number): Acceptance {
    const { debts, collaterals, debtCount, collateralCount, isPaused } = this.#find(word);
    this.offers.about(word, health, debtUsd);
    if (collateralCount === 0) return isPaused ? 'paused' : 'no-collateral';
    for (let d = 0; d < debtCount; d++)
      for (let c = 0; c < collateralCount; c++)
        if (this.offers.largestRepayment(debts[d]!, collaterals[c]!) > 0) return 'accepted';
    return 'no-collateral';
  }

  /** Whether there is anything to go for on the account whose record begins at a word; `choose` may be asked then. */
  open(word: number): boolean {
    const { debtCount, collateralCount } = this.#find(word);
    return debtCount > 0 && collateralCount > 0;
  }

  /** Of the account that was asked for last: see `LendingSides`. */
  get isBare(): boolean {
    return this.#sides.isBare;
  }

  #find(word: number): LendingSides {
    this.#sides.find(word);
    return this.#sides;
  }

  /** Chooses the call that a policy makes of the account that was opened last; false = none. */
  choose(policy: PlainPolicy, isRanked: boolean): boolean {
    this.#debt = NONE;
    const isOnly = this.#sides.debtCount === 1 && this.#sides.collateralCount === 1;
    this.offers.turn(isOnly && isRanked);
    if (policy.kind === 'unlimited') this.#chooseLargest();
    else if (isOnly) this.#chooseOnly(policy.gasUsd);
    else this.#choosePaying(policy.gasUsd);
    return this.#debt !== NONE;
  }

  /** As `choose`, of an account whose only offer was kept when it was ranked. */
  chooseKept(at: number, policy: PlainPolicy): boolean {
    const { rows } = this.offers;
    const debt = rows[at + DEBT_LEG]!;
    const collateral = rows[at + COLLATERAL_LEG]!;
    this.offers.at = at;
    this.#debt = NONE;
    if (policy.kind === 'unlimited') {
      this.#desk.quote(1);
      this.#take(debt, collateral, 1);
    } else {
      const terms = rows[at + TERMS_ROWS]!;
      const margin = this.#bounds.margin(terms >>> TERMS_BITS, terms & ((1 << TERMS_BITS) - 1));
      if (!(margin < 0)) this.#weigh(debt, collateral, policy.gasUsd);
    }
    return this.#debt !== NONE;
  }

  /** Trades the call that was chosen last, which `offers` has from then on. */
  trade(): void {
    const isQuoted = this.#isLastWritten;
    if (!isQuoted) this.#write(this.#debt, this.#collateral);
    this.#desk.trade(this.taken[SIZE]!, isQuoted);
  }

  /** Writes the offer of two legs; false = there is none. */
  #write(debt: number, collateral: number): boolean {
    const allowed = this.offers.largestRepayment(debt, collateral);
    if (!(allowed > 0)) return false;
    this.offers.write(debt, collateral, allowed);
    return true;
  }

  #take(debt: number, collateral: number, size: number): void {
    this.#debt = debt;
    this.#collateral = collateral;
    this.#isLastWritten = true;
    this.taken[SIZE] = size;
    this.taken[PROFIT_USD] = this.#desk.last[QUOTED_USD]!;
  }

  /** The largest amounts that a venue allows, whatever they bring. */
  #chooseLargest(): void {
    let debt = NONE;
    let collateral = NONE;
    const sides = this.#sides;
    for (let d = 0; d < sides.debtCount; d++) {
      for (let c = 0; c < sides.collateralCount; c++) {
        const otherDebt = sides.debts[d]!;
        const otherCollateral = sides.collaterals[c]!;
        if (!(this.offers.largestRepayment(otherDebt, otherCollateral) > 0)) continue;
        if (debt !== NONE && !sides.isBefore(otherDebt, otherCollateral, debt, collateral)) continue;
        debt = otherDebt;
        collateral = otherCollateral;
      }
    }
    if (debt === NONE) return;
    this.#write(debt, collateral);
    this.#desk.quote(1);
    this.#take(debt, collateral, 1);
  }

  /** As `#choosePaying`, of one debt and one collateral; what is ranked is written whether it pays or not. */
  #chooseOnly(gasUsd: number): void {
    const debt = this.#sides.debts[0]!;
    const collateral = this.#sides.collaterals[0]!;
    if (!this.#write(debt, collateral)) return this.offers.turn(false);
    if (!(this.#marginOf(debt, collateral) < 0)) this.#weigh(debt, collateral, gasUsd);
  }

  /** The offer that may bring most is worked out first, so that most others need not be. */
  #choosePaying(gasUsd: number): void {
    const { debts, collaterals, debtCount, collateralCount } = this.#sides;
    const mostUsd = this.#mostUsd;
    const likely = this.#boundAll();
    if (likely === NONE) return;
    const likelyDebt = debts[Math.floor(likely / collateralCount)]!;
    const likelyCollateral = collaterals[likely % collateralCount]!;
    if (this.#write(likelyDebt, likelyCollateral)) this.#weigh(likelyDebt, likelyCollateral, gasUsd);
    for (let d = 0, pair = 0; d < debtCount; d++) {
      for (let c = 0; c < collateralCount; c++, pair++) {
        if (pair === likely || mostUsd[pair]! < (this.#debt === NONE ? 0 : this.taken[PROFIT_USD]!)) continue;
        this.#isLastWritten = false;
        if (this.#write(debts[d]!, collaterals[c]!)) this.#weigh(debts[d]!, collaterals[c]!, gasUsd);
      }
    }
  }

  /** Works out what each call may bring at most, USD (not a number = unknown); returns the pair that may bring most, if one pays. */
  #boundAll(): number {
    const { debts, collaterals, debtCount, collateralCount } = this.#sides;
    const { words, halves } = this.#place.records;
    const { usd } = this.#place;
    const bounds = this.#bounds;
    const mostUsd = this.#mostUsd;
    const bringsUsd = this.#bringsUsd;
    const coversUsd = this.#coversUsd;
    for (let c = 0; c < collateralCount; c++) {
      const row = halves[2 * collaterals[c]! + TERMS]!;
      bringsUsd[c] = bounds.firstUsd(row);
      coversUsd[c] = (words[collaterals[c]!]! * usd[row]!) / this.#terms.bonusFactor[row]!;
    }
    let likely = NONE;
    for (let d = 0, pair = 0; d < debtCount; d++) {
      const row = halves[2 * debts[d]! + TERMS]!;
      const costsUsd = bounds.firstUsd(row);
      for (let c = 0; c < collateralCount; c++, pair++) {
        let most = bounds.marginOf(bringsUsd[c]!, costsUsd);
        if (bounds.areOnOneCurve(halves[2 * collaterals[c]! + TERMS]!, row)) most = NaN;
        if (!(most < 0)) {
          const allowed = this.offers.largestRepayment(debts[d]!, collaterals[c]!);
          most *= Math.min(allowed * usd[row]!, coversUsd[c]!);
        }
        mostUsd[pair] = most;
        if (!(most < 0) && (likely === NONE || !(most <= mostUsd[likely]!))) likely = pair;
      }
    }
    return likely;
  }

  /** What the first dollar of a call brings more than it costs, see `LendingBounds`. */
  #marginOf(debt: number, collateral: number): number {
    const { halves } = this.#place.records;
    return this.#bounds.margin(halves[2 * collateral + TERMS]!, halves[2 * debt + TERMS]!);
  }

  /** Takes the offer that was written last where it pays, and pays more than the one taken so far. */
  #weigh(debt: number, collateral: number, gasUsd: number): void {
    const desk = this.#desk;
    const isFree = this.offers.numbers[this.offers.at + REPAID] === 0;
    const size = desk.sizeOf(isFree);
    if (size === 0) return;
    const sparedUsd = desk.last[QUOTED_USD]! - gasUsd;
    if (isFree ? sparedUsd < 0 : sparedUsd < desk.roundingUsd()) return;
    if (this.#debt !== NONE) {
      if (desk.last[QUOTED_USD]! < this.taken[PROFIT_USD]!) return;
      const isAlike = desk.last[QUOTED_USD]! === this.taken[PROFIT_USD]!;
      if (isAlike && !this.#sides.isBefore(debt, collateral, this.#debt, this.#collateral)) return;
    }
    this.#take(debt, collateral, size);
  }
}
