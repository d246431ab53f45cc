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

// Of the last quote: what it pays, of which size, and by how much its last unit does; where it stayed on the present segments, what was
// traded there and where the curves would stand. Of the last trade on one curve: what is paid, in its quote, and the root of the price
// after it. Kept in an array, as fields of an object would be new numbers on the heap with every quote, which drives all else out of
// the caches.
export const QUOTED_USD = 0;
const QUOTED_SIZE = 1;
const MARGINAL_USD = 2;
const COST_USD = 3;
const SALE = 4;
const PURCHASE = 5;
const SOLD_TO = 6;
const BOUGHT_TO = 7;
const PAID = 8;
const ROOT_AFTER = 9;

/**
 * What the offer that is dealt with pays at a size where the markets stand, and how much of it pays, in numbers. Most trades stay
 * on the present segments of two curves, where a quote is a few sums and two divisions (`SegmentMarket`); the others are asked of
 * `LiveMarket`.
 */
export class LendingDesk {
  /** See `QUOTED_USD`. */
  readonly last = new Float64Array(10);
  readonly #offers: LendingOffers;
  readonly #market: LiveMarket;
  readonly #segments: SegmentMarket;
  /** By asset: a raw unit in whole ones. */
  readonly #rawUnit: Float64Array;
  /** Whether the last quote stayed on the present segments. */
  #isWithin = false;

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
    if (isFree || mostPart === 0 || this.last[MARGINAL_USD]! >= 0) return 1;
    this.last[COST_USD] = numbers[at + REPAID]! * this.#unitUsd(rows[at + BOUGHT]!);
    const size = largestSize(this.#spareAt, mostPart);
    if (mostPart === 1) {
      if (size === undefined) return 0;
      this.quote(size);
      return size;
    }
    // Where the contract takes no part as large as pays, all of it may pay more although its last unit does not.
    if (size !== undefined) this.quote(size);
    const partUsd = size === undefined ? 0 : this.last[QUOTED_USD]!;
    this.quote(1);
    if (this.last[QUOTED_USD]! > partUsd) return 1;
    if (size === undefined) return 0;
    this.quote(size);
    return size;
  }

  /** How much better the last unit is than it must be, as a share of the cost. */
  readonly #spareAt = (size: number): number => {
    this.quote(size);
    return this.last[MARGINAL_USD]! / this.last[COST_USD]!;
  };

  /** What the offer pays at a size, and by how much its last unit does. */
  quote(size: number): void {
    const { numbers, rows, at } = this.#offers;
    const segments = this.#segments;
    const { curves, marketUsd, paidIn } = segments;
    const saleAt = rows[at + SALE_AT]!;
    const purchaseAt = rows[at + PURCHASE_AT]!;
    this.last[QUOTED_SIZE] = size;
    if (saleAt === NO_CURVE) return this.#quoteAnywhere(size);
    this.#isWithin = true;
    if (curves[saleAt + STATE] === STALE) segments.read(saleAt / CURVE_WIDTH);
    if (curves[purchaseAt + STATE] === STALE) segments.read(purchaseAt / CURVE_WIDTH);
    const sold = rows[at + SOLD]!;
    const bought = rows[at + BOUGHT]!;
    const units = numbers[at + UNITS]!;
    const repaid = numbers[at + REPAID]!;
    const areOnCurves = segments.hop[sold] === NOWHERE && segments.hop[bought] === NOWHERE;
    const sale = areOnCurves ? units * size : segments.toCurve(sold, units * size);
    const purchase = areOnCurves ? repaid * size : segments.toCurve(bought, repaid * size);
    if (saleAt === purchaseAt && saleAt !== CASH_AT) {
      // What is left of the one when the other is paid for is sold, or what is missing bought.
      const usd = sale >= purchase ? this.#sell(saleAt, sale - purchase) : this.#buy(saleAt, purchase - sale);
      const paid = sale >= purchase ? this.last[PAID]! : -this.last[PAID]!;
      if (!this.#isWithin) return this.#quoteAnywhere(size);
      this.last[QUOTED_USD] = paid * curves[saleAt + QUOTE_USD]!;
      this.last[SOLD_TO] = this.last[ROOT_AFTER]!;
      this.last[SALE] = sale - purchase;
      this.last[MARGINAL_USD] =
        units * segments.fromCurve(sold, usd) - repaid * segments.fromCurve(bought, usd);
      return;
    }
    const soldFor = paidIn[sold]!;
    const boughtFor = paidIn[bought]!;
    const bidUsd = saleAt === CASH_AT ? marketUsd[soldFor]! : this.#sell(saleAt, sale);
    const paid = saleAt === CASH_AT ? sale : this.last[PAID]!;
    this.last[SOLD_TO] = this.last[ROOT_AFTER]!;
    this.last[SALE] = sale;
    const askUsd = purchaseAt === CASH_AT ? marketUsd[boughtFor]! : this.#buy(purchaseAt, purchase);
    const cost = purchaseAt === CASH_AT ? purchase : this.last[PAID]!;
    this.last[BOUGHT_TO] = this.last[ROOT_AFTER]!;
    this.last[PURCHASE] = purchase;
    if (!this.#isWithin) return this.#quoteAnywhere(size);
    this.last[QUOTED_USD] =
      soldFor === boughtFor
        ? (paid - cost) * marketUsd[soldFor]!
        : paid * marketUsd[soldFor]! - cost * marketUsd[boughtFor]!;
    this.last[MARGINAL_USD] = areOnCurves
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
    this.last[PAID] = left * root * next * curves[at + KEPT_OF_PAID]!;
    this.last[ROOT_AFTER] = next;
    return next * next * curves[at + KEPT]! * curves[at + QUOTE_USD]!;
  }

  /** As the function `buy`, likewise. */
  #buy(at: number, amount: number): number {
    const { curves } = this.#segments;
    const root = curves[at + ROOT]!;
    const next = root / (1 - (amount * root) / curves[at + LIQUIDITY]!);
    if (!(next < curves[at + MOST_ROOT]! && next > curves[at + LEAST_ROOT]!)) this.#isWithin = false;
    this.last[PAID] = (amount * root * next) / curves[at + KEPT]!;
    this.last[ROOT_AFTER] = next;
    return next * next * curves[at + ONE_BY_KEPT]! * curves[at + QUOTE_USD]!;
  }

  #quoteAnywhere(size: number): void {
    const { numbers, rows, at } = this.#offers;
    const market = this.#market;
    const sold = rows[at + SOLD]!;
    const bought = rows[at + BOUGHT]!;
    const units = numbers[at + UNITS]!;
    const repaid = numbers[at + REPAID]!;
    this.#isWithin = false;
    this.#segments.settle();
    market.tryTwo(sold, units * size, bought, repaid * size);
    this.last[QUOTED_USD] = market.cashUsd - market.unboughtUsd;
    let marginalUsd = 0;
    if (units !== 0) marginalUsd += units * market.marginalUsd[sold]!;
    if (repaid !== 0) marginalUsd -= repaid * market.marginalUsd[bought]!;
    this.last[MARGINAL_USD] = marginalUsd;
  }

  /** See `roundingUsd` of the policies. */
  roundingUsd(): number {
    const { rows, at } = this.#offers;
    const sold = rows[at + SOLD]!;
    const bought = rows[at + BOUGHT]!;
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
    if (!isQuoted || size !== this.last[QUOTED_SIZE]!) this.quote(size);
    if (!this.#isWithin) {
      this.#market.commit();
      this.#segments.forget();
      return;
    }
    const saleAt = rows[at + SALE_AT]!;
    const purchaseAt = rows[at + PURCHASE_AT]!;
    const segments = this.#segments;
    if (saleAt !== CASH_AT) segments.moveTo(saleAt / CURVE_WIDTH, this.last[SOLD_TO]!, this.last[SALE]!);
    if (purchaseAt !== CASH_AT && purchaseAt !== saleAt)
      segments.moveTo(purchaseAt / CURVE_WIDTH, this.last[BOUGHT_TO]!, -this.last[PURCHASE]!);
  }
}
