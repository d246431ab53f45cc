import { largestSize } from '../../policies/largest-size.ts';
import type { LiquidatorPolicy } from '../../scenario.ts';
import type { CompiledBook } from './compiled-book.ts';
import {
  BOUGHT,
  LendingOffers,
  MOST_PART,
  OFFER_WIDTH,
  PURCHASE,
  PURCHASE_CURVE,
  REPAID,
  SALE,
  SALE_CURVE,
  SOLD,
  UNITS,
} from './lending-offers.ts';
import type { LiveMarket } from './live-market.ts';
import {
  CASH,
  CURVE_WIDTH,
  KEPT,
  KEPT_OF_PAID,
  KEPT_OF_SOLD,
  LEAST_ROOT,
  LIQUIDITY,
  MOST_ROOT,
  NO_CURVE,
  ONE_BY_KEPT,
  QUOTE_USD,
  ROOT,
  STALE,
  STATE,
  UNIT_USD,
  type SegmentMarket,
} from './segment-market.ts';

/** A first unit that brings so much less than it costs, as a share, is no rounding. */
const HAIR = 1e-9;

/**
 * Which of the offers of an account liquidators take, and how much of it, where the markets stand: what `choosePaying` does, in
 * numbers. Most trades stay on the present segments of two curves, where a quote is a few sums and two divisions
 * (`SegmentMarket`); the others are asked of `LiveMarket`.
 */
export class LendingDesk {
  readonly offers: LendingOffers;
  /** Of the offer that was chosen last. */
  size = 0;
  profitUsd = 0;

  readonly #market: LiveMarket;
  readonly #segments: SegmentMarket;
  /** By asset: raw units in a whole one. */
  readonly #rawUnits: Float64Array;
  // Of the last quote.
  #offer = 0;
  #costUsd = 0;
  #quoted = -1;
  #quotedSize = 0;
  #quotedUsd = 0;
  #marginalUsd = 0;
  /** Whether it stayed on the present segments; if so, what was traded there and where the curves would stand. */
  #isWithin = false;
  #sale = 0;
  #purchase = 0;
  #soldTo = 0;
  #boughtTo = 0;
  // Of the last trade on one curve: what is paid, in its quote, and the root of the price after it.
  #paid = 0;
  #root = 0;

  constructor(compiled: CompiledBook, market: LiveMarket, segments: SegmentMarket) {
    this.offers = new LendingOffers(compiled, segments);
    this.#market = market;
    this.#segments = segments;
    this.#rawUnits = Float64Array.from(compiled.book.assets, ({ decimals }) => 10 ** decimals);
  }

  /** The offer that a policy takes of those from one row up to before another; -1 = none. */
  choose(from: number, end: number, policy: Exclude<LiquidatorPolicy, { kind: 'capital' }>): number {
    if (policy.kind === 'rational') return this.#choosePaying(from, end, policy.gasUsd);
    if (from === end) return -1;
    this.#quote(from, 1);
    this.#take(1);
    return from;
  }

  #take(size: number): void {
    this.size = size;
    this.profitUsd = this.#quotedUsd;
  }

  #choosePaying(from: number, end: number, gasUsd: number): number {
    let best = -1;
    let bestUsd = 0;
    for (let offer = from; offer < end; offer++) {
      const isFree = this.offers.numbers[OFFER_WIDTH * offer + REPAID] === 0;
      if (!isFree && this.#cannotPay(offer, best === -1 ? 0 : bestUsd)) continue;
      const size = this.#sizeOf(offer, isFree);
      if (size === 0) continue;
      const sparedUsd = this.#quotedUsd - gasUsd;
      if (isFree ? sparedUsd < 0 : sparedUsd < this.#roundingUsd(offer)) continue;
      if (best !== -1 && this.#quotedUsd <= bestUsd) continue;
      best = offer;
      bestUsd = this.#quotedUsd;
      this.#take(size);
    }
    return best;
  }

  /**
   * Whether an offer brings less than something else already at what the first units of both assets are worth: then no size brings
   * more, and none has to be tried.
   */
  #cannotPay(offer: number, otherUsd: number): boolean {
    const { numbers, rows } = this.offers;
    const at = OFFER_WIDTH * offer;
    const [soldOn, boughtOn] = [rows[at + SALE_CURVE]!, rows[at + PURCHASE_CURVE]!];
    if (soldOn === NO_CURVE || boughtOn === NO_CURVE || soldOn === boughtOn) return false;
    const { curves } = this.#segments;
    const [sale, purchase] = [CURVE_WIDTH * soldOn, CURVE_WIDTH * boughtOn];
    if (curves[sale + STATE] === STALE) this.#segments.read(soldOn);
    if (curves[purchase + STATE] === STALE) this.#segments.read(boughtOn);
    const bringsUsd = numbers[at + SALE]! * curves[sale + UNIT_USD]! * curves[sale + KEPT]!;
    const costsUsd = numbers[at + PURCHASE]! * curves[purchase + UNIT_USD]! * curves[purchase + ONE_BY_KEPT]!;
    return bringsUsd - costsUsd < otherUsd - HAIR * costsUsd;
  }

  /** As `largestPaying`, without limits: how much of an offer is taken, and quoted; 0 where nothing pays. */
  #sizeOf(offer: number, isFree: boolean): number {
    const mostPart = this.offers.numbers[OFFER_WIDTH * offer + MOST_PART]!;
    this.#quote(offer, 1);
    if (isFree || mostPart === 0 || this.#marginalUsd >= 0) return 1;
    this.#offer = offer;
    const at = OFFER_WIDTH * offer;
    this.#costUsd = this.offers.numbers[at + REPAID]! * this.#unitUsd(this.offers.rows[at + BOUGHT]!);
    const size = largestSize(this.#spareAt, mostPart);
    if (mostPart === 1) {
      if (size === undefined) return 0;
      this.#quote(offer, size);
      return size;
    }
    // Where the contract takes no part as large as pays, all of it may pay more although its last unit does not.
    if (size !== undefined) this.#quote(offer, size);
    const partUsd = size === undefined ? 0 : this.#quotedUsd;
    this.#quote(offer, 1);
    if (this.#quotedUsd > partUsd) return 1;
    if (size === undefined) return 0;
    this.#quote(offer, size);
    return size;
  }

  /** How much better the last unit is than it must be, as a share of the cost. */
  readonly #spareAt = (size: number): number => {
    this.#quote(this.#offer, size);
    return this.#marginalUsd / this.#costUsd;
  };

  /** What an offer pays at a size, and by how much its last unit does. */
  #quote(offer: number, size: number): void {
    const { numbers, rows } = this.offers;
    const segments = this.#segments;
    const { curves, marketUsd, paidIn } = segments;
    const at = OFFER_WIDTH * offer;
    const [soldOn, boughtOn] = [rows[at + SALE_CURVE]!, rows[at + PURCHASE_CURVE]!];
    this.#quoted = offer;
    this.#quotedSize = size;
    this.#isWithin = soldOn !== NO_CURVE && boughtOn !== NO_CURVE;
    if (!this.#isWithin) return this.#quoteAnywhere(offer, size);
    if (curves[CURVE_WIDTH * soldOn + STATE] === STALE) segments.read(soldOn);
    if (curves[CURVE_WIDTH * boughtOn + STATE] === STALE) segments.read(boughtOn);
    const [sold, bought] = [rows[at + SOLD]!, rows[at + BOUGHT]!];
    const [units, repaid] = [numbers[at + UNITS]!, numbers[at + REPAID]!];
    const sale = segments.toCurve(sold, units * size);
    const purchase = segments.toCurve(bought, repaid * size);
    if (soldOn === boughtOn && soldOn !== CASH) {
      // What is left of the one when the other is paid for is sold, or what is missing bought.
      const usd = sale >= purchase ? this.#sell(soldOn, sale - purchase) : this.#buy(soldOn, purchase - sale);
      const paid = sale >= purchase ? this.#paid : -this.#paid;
      if (!this.#isWithin) return this.#quoteAnywhere(offer, size);
      this.#quotedUsd = paid * curves[CURVE_WIDTH * soldOn + QUOTE_USD]!;
      this.#soldTo = this.#root;
      this.#sale = sale - purchase;
      this.#marginalUsd = units * segments.fromCurve(sold, usd) - repaid * segments.fromCurve(bought, usd);
      return;
    }
    const [soldFor, boughtFor] = [paidIn[sold]!, paidIn[bought]!];
    const bidUsd = soldOn === CASH ? marketUsd[soldFor]! : this.#sell(soldOn, sale);
    const paid = soldOn === CASH ? sale : this.#paid;
    this.#soldTo = this.#root;
    this.#sale = sale;
    const askUsd = boughtOn === CASH ? marketUsd[boughtFor]! : this.#buy(boughtOn, purchase);
    const cost = boughtOn === CASH ? purchase : this.#paid;
    this.#boughtTo = this.#root;
    this.#purchase = purchase;
    if (!this.#isWithin) return this.#quoteAnywhere(offer, size);
    this.#quotedUsd =
      soldFor === boughtFor
        ? (paid - cost) * marketUsd[soldFor]!
        : paid * marketUsd[soldFor]! - cost * marketUsd[boughtFor]!;
    this.#marginalUsd =
      units * segments.fromCurve(sold, bidUsd) - repaid * segments.fromCurve(bought, askUsd);
  }

  /** As the function `sell`, on the present segment: what is paid and where the curve then stands; returns what the last unit brings. */
  #sell(row: number, amount: number): number {
    const { curves } = this.#segments;
    const at = CURVE_WIDTH * row;
    const root = curves[at + ROOT]!;
    const left = amount * curves[at + KEPT_OF_SOLD]!;
    const next = root / (1 + (left * root) / curves[at + LIQUIDITY]!);
    if (!(next > curves[at + LEAST_ROOT]! && root < curves[at + MOST_ROOT]!)) this.#isWithin = false;
    this.#paid = left * root * next * curves[at + KEPT_OF_PAID]!;
    this.#root = next;
    return next * next * curves[at + KEPT]! * curves[at + QUOTE_USD]!;
  }

  /** As the function `buy`, likewise. */
  #buy(row: number, amount: number): number {
    const { curves } = this.#segments;
    const at = CURVE_WIDTH * row;
    const root = curves[at + ROOT]!;
    const next = root / (1 - (amount * root) / curves[at + LIQUIDITY]!);
    if (!(next < curves[at + MOST_ROOT]! && next > curves[at + LEAST_ROOT]!)) this.#isWithin = false;
    this.#paid = (amount * root * next) / curves[at + KEPT]!;
    this.#root = next;
    return next * next * curves[at + ONE_BY_KEPT]! * curves[at + QUOTE_USD]!;
  }

  #quoteAnywhere(offer: number, size: number): void {
    const { numbers, rows } = this.offers;
    const market = this.#market;
    const at = OFFER_WIDTH * offer;
    const [sold, bought] = [rows[at + SOLD]!, rows[at + BOUGHT]!];
    const [units, repaid] = [numbers[at + UNITS]!, numbers[at + REPAID]!];
    this.#isWithin = false;
    this.#segments.settle();
    market.tryTwo(sold, units * size, bought, repaid * size);
    this.#quotedUsd = market.cashUsd - market.unboughtUsd;
    let marginalUsd = 0;
    if (units !== 0) marginalUsd += units * market.marginalUsd[sold]!;
    if (repaid !== 0) marginalUsd -= repaid * market.marginalUsd[bought]!;
    this.#marginalUsd = marginalUsd;
  }

  /** See `roundingUsd` of the policies. */
  #roundingUsd(offer: number): number {
    const { rows } = this.offers;
    const at = OFFER_WIDTH * offer;
    const [sold, bought] = [rows[at + SOLD]!, rows[at + BOUGHT]!];
    return this.#unitUsd(sold) / this.#rawUnits[sold]! + this.#unitUsd(bought) / this.#rawUnits[bought]!;
  }

  #unitUsd(asset: number): number {
    const curve = this.#segments.curveOf[asset]!;
    // A quote that did not read the curve has asked the market, which had been told of all trades.
    const isRead = curve !== NO_CURVE && this.#segments.curves[CURVE_WIDTH * curve + STATE] !== STALE;
    return isRead ? this.#segments.usd[asset]! : this.#market.marketUsd[asset]!;
  }

  /** Trades what an offer of a size brings and costs. */
  trade(offer: number, size: number): void {
    const { rows } = this.offers;
    const at = OFFER_WIDTH * offer;
    const [soldOn, boughtOn] = [rows[at + SALE_CURVE]!, rows[at + PURCHASE_CURVE]!];
    // Of an offer that was quoted last, at this size, all is known.
    if (offer !== this.#quoted || size !== this.#quotedSize) this.#quote(offer, size);
    this.#quoted = -1;
    if (!this.#isWithin) {
      this.#market.commit();
      this.#segments.forget();
      return;
    }
    if (soldOn !== CASH) this.#segments.moveTo(soldOn, this.#soldTo, this.#sale);
    if (boughtOn !== CASH && boughtOn !== soldOn)
      this.#segments.moveTo(boughtOn, this.#boughtTo, -this.#purchase);
  }
}
