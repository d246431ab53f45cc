import { largestSize } from '../../policies/largest-size.ts';
import {
  BOUGHT,
  MOST_PART,
  PURCHASE_AT,
  REPAID,
  SALE_AT,
  SOLD,
  UNITS,
  type LendingOffers,
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
  type SegmentMarket,
} from './segment-market.ts';
import { NOWHERE } from './trade-paths.ts';

/** Where the numbers of cash begin. */
const CASH_AT = CASH * CURVE_WIDTH;

/**
 * What the offer that is dealt with pays at a size where the markets stand, and how much of it pays, in numbers. Most trades stay
 * on the present segments of two curves, where a quote is a few sums and two divisions (`SegmentMarket`); the others are asked of
 * `LiveMarket`.
 */
export class LendingDesk {
  /** Of the last quote. */
  quotedUsd = 0;
  readonly #offers: LendingOffers;
  readonly #market: LiveMarket;
  readonly #segments: SegmentMarket;
  /** By asset: a raw unit in whole ones. */
  readonly #rawUnit: Float64Array;
  #quotedSize = 0;
  #costUsd = 0;
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

  constructor(offers: LendingOffers, market: LiveMarket, segments: SegmentMarket) {
    this.#offers = offers;
    this.#market = market;
    this.#segments = segments;
    this.#rawUnit = Float64Array.from(market.market.book.assets, ({ decimals }) => 1 / 10 ** decimals);
  }

  /** As `largestPaying`, without limits: how much of the offer is taken, and quoted; 0 where nothing pays. */
  sizeOf(isFree: boolean): number {
    const { numbers, rows, at } = this.#offers;
    const mostPart = numbers[at + MOST_PART]!;
    this.quote(1);
    if (isFree || mostPart === 0 || this.#marginalUsd >= 0) return 1;
    this.#costUsd = numbers[at + REPAID]! * this.#unitUsd(rows[at + BOUGHT]!);
    const size = largestSize(this.#spareAt, mostPart);
    if (mostPart === 1) {
      if (size === undefined) return 0;
      this.quote(size);
      return size;
    }
    // Where the contract takes no part as large as pays, all of it may pay more although its last unit does not.
    if (size !== undefined) this.quote(size);
    const partUsd = size === undefined ? 0 : this.quotedUsd;
    this.quote(1);
    if (this.quotedUsd > partUsd) return 1;
    if (size === undefined) return 0;
    this.quote(size);
    return size;
  }

  /** How much better the last unit is than it must be, as a share of the cost. */
  readonly #spareAt = (size: number): number => {
    this.quote(size);
    return this.#marginalUsd / this.#costUsd;
  };

  /** What the offer pays at a size, and by how much its last unit does. */
  quote(size: number): void {
    const { numbers, rows, at } = this.#offers;
    const segments = this.#segments;
    const { curves, marketUsd, paidIn } = segments;
    const [saleAt, purchaseAt] = [rows[at + SALE_AT]!, rows[at + PURCHASE_AT]!];
    this.#quotedSize = size;
    if (saleAt === NO_CURVE) return this.#quoteAnywhere(size);
    this.#isWithin = true;
    if (curves[saleAt + STATE] === STALE) segments.read(saleAt / CURVE_WIDTH);
    if (curves[purchaseAt + STATE] === STALE) segments.read(purchaseAt / CURVE_WIDTH);
    const [sold, bought] = [rows[at + SOLD]!, rows[at + BOUGHT]!];
    const [units, repaid] = [numbers[at + UNITS]!, numbers[at + REPAID]!];
    const areOnCurves = segments.hop[sold] === NOWHERE && segments.hop[bought] === NOWHERE;
    const sale = areOnCurves ? units * size : segments.toCurve(sold, units * size);
    const purchase = areOnCurves ? repaid * size : segments.toCurve(bought, repaid * size);
    if (saleAt === purchaseAt && saleAt !== CASH_AT) {
      // What is left of the one when the other is paid for is sold, or what is missing bought.
      const usd = sale >= purchase ? this.#sell(saleAt, sale - purchase) : this.#buy(saleAt, purchase - sale);
      const paid = sale >= purchase ? this.#paid : -this.#paid;
      if (!this.#isWithin) return this.#quoteAnywhere(size);
      this.quotedUsd = paid * curves[saleAt + QUOTE_USD]!;
      this.#soldTo = this.#root;
      this.#sale = sale - purchase;
      this.#marginalUsd = units * segments.fromCurve(sold, usd) - repaid * segments.fromCurve(bought, usd);
      return;
    }
    const [soldFor, boughtFor] = [paidIn[sold]!, paidIn[bought]!];
    const bidUsd = saleAt === CASH_AT ? marketUsd[soldFor]! : this.#sell(saleAt, sale);
    const paid = saleAt === CASH_AT ? sale : this.#paid;
    this.#soldTo = this.#root;
    this.#sale = sale;
    const askUsd = purchaseAt === CASH_AT ? marketUsd[boughtFor]! : this.#buy(purchaseAt, purchase);
    const cost = purchaseAt === CASH_AT ? purchase : this.#paid;
    this.#boughtTo = this.#root;
    this.#purchase = purchase;
    if (!this.#isWithin) return this.#quoteAnywhere(size);
    this.quotedUsd =
      soldFor === boughtFor
        ? (paid - cost) * marketUsd[soldFor]!
        : paid * marketUsd[soldFor]! - cost * marketUsd[boughtFor]!;
    this.#marginalUsd = areOnCurves
      ? units * bidUsd - repaid * askUsd
      : units * segments.fromCurve(sold, bidUsd) - repaid * segments.fromCurve(bought, askUsd);
  }

  /** As the function `sell`, on the present segment: what is paid and where the curve then stands; returns what the last unit brings. */
  #sell(at: number, amount: number): number {
    const { curves } = this.#segments;
    const root = curves[at + ROOT]!;
    const left = amount * curves[at + KEPT_OF_SOLD]!;
    const next = root / (1 + (left * root) / curves[at + LIQUIDITY]!);
    if (!(next > curves[at + LEAST_ROOT]! && root < curves[at + MOST_ROOT]!)) this.#isWithin = false;
    this.#paid = left * root * next * curves[at + KEPT_OF_PAID]!;
    this.#root = next;
    return next * next * curves[at + KEPT]! * curves[at + QUOTE_USD]!;
  }

  /** As the function `buy`, likewise. */
  #buy(at: number, amount: number): number {
    const { curves } = this.#segments;
    const root = curves[at + ROOT]!;
    const next = root / (1 - (amount * root) / curves[at + LIQUIDITY]!);
    if (!(next < curves[at + MOST_ROOT]! && next > curves[at + LEAST_ROOT]!)) this.#isWithin = false;
    this.#paid = (amount * root * next) / curves[at + KEPT]!;
    this.#root = next;
    return next * next * curves[at + ONE_BY_KEPT]! * curves[at + QUOTE_USD]!;
  }

  #quoteAnywhere(size: number): void {
    const { numbers, rows, at } = this.#offers;
    const market = this.#market;
    const [sold, bought] = [rows[at + SOLD]!, rows[at + BOUGHT]!];
    const [units, repaid] = [numbers[at + UNITS]!, numbers[at + REPAID]!];
    this.#isWithin = false;
    this.#segments.settle();
    market.tryTwo(sold, units * size, bought, repaid * size);
    this.quotedUsd = market.cashUsd - market.unboughtUsd;
    let marginalUsd = 0;
    if (units !== 0) marginalUsd += units * market.marginalUsd[sold]!;
    if (repaid !== 0) marginalUsd -= repaid * market.marginalUsd[bought]!;
    this.#marginalUsd = marginalUsd;
  }

  /** See `roundingUsd` of the policies. */
  roundingUsd(): number {
    const { rows, at } = this.#offers;
    const [sold, bought] = [rows[at + SOLD]!, rows[at + BOUGHT]!];
    return this.#unitUsd(sold) * this.#rawUnit[sold]! + this.#unitUsd(bought) * this.#rawUnit[bought]!;
  }

  #unitUsd(asset: number): number {
    const curve = this.#segments.curveOf[asset]!;
    // A quote that did not read the curve has asked the market, which had been told of all trades.
    const isRead = curve !== NO_CURVE && this.#segments.curves[CURVE_WIDTH * curve + STATE] !== STALE;
    return isRead ? this.#segments.usd[asset]! : this.#market.marketUsd[asset]!;
  }

  /** Trades what the offer brings and costs at a size. */
  trade(size: number, isQuoted: boolean): void {
    const { rows, at } = this.#offers;
    // Of an offer that was quoted last, at this size, all is known.
    if (!isQuoted || size !== this.#quotedSize) this.quote(size);
    if (!this.#isWithin) {
      this.#market.commit();
      this.#segments.forget();
      return;
    }
    const [saleAt, purchaseAt] = [rows[at + SALE_AT]!, rows[at + PURCHASE_AT]!];
    const segments = this.#segments;
    if (saleAt !== CASH_AT) segments.moveTo(saleAt / CURVE_WIDTH, this.#soldTo, this.#sale);
    if (purchaseAt !== CASH_AT && purchaseAt !== saleAt)
      segments.moveTo(purchaseAt / CURVE_WIDTH, this.#boughtTo, -this.#purchase);
  }
}
