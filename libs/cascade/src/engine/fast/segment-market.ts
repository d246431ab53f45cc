import { isOnCurve } from '../../market/trade.ts';
import type { LiveMarket } from './live-market.ts';
import { DOLLARS, NOWHERE } from './trade-paths.ts';

/** Numbers of a curve, side by side: `CURVE_WIDTH` from `CURVE_WIDTH` × its row on. */
export const CURVE_WIDTH = 16;
/** The root of its asset's price in its quote, and the price in USD. */
export const ROOT = 0;
export const UNIT_USD = 1;
/** Of the segment on which it stands; roots between its ends, and not at them, are on it. */
export const LIQUIDITY = 2;
export const LEAST_ROOT = 3;
export const MOST_ROOT = 4;
/** What is kept, after the fee, of what is sold, of what is paid for it, and of what a unit brings; 1 ÷ the last. */
export const KEPT_OF_SOLD = 5;
export const KEPT_OF_PAID = 6;
export const KEPT = 7;
export const ONE_BY_KEPT = 8;
/** USD of its quote. */
export const QUOTE_USD = 9;
/** The price is these multiplied, in this order: all below what trades move, what they have done to it, and all above. */
const BELOW = 10;
const OWN = 11;
const RATIO_ABOVE = 12;
const OWN_ABOVE = 13;
/** See `LiveMarket.toMarket`. */
const TO_MARKET = 14;
/** `STALE`, `READ` or `MOVED`. */
export const STATE = 15;

/** The numbers of a curve have to be read from the market again; they are the market's; the market has to be told. */
export const STALE = 0;
const READ = 1;
const MOVED = 2;

/** Row of a curve that has no slope: what is taken and given as dollars at its price. */
export const CASH = 0;
/** In place of a curve's row: trades of the asset are dealt with by `LiveMarket`. */
export const NO_CURVE = -1;

/** How near to an end of a segment a trade is left to `LiveMarket`, a ratio. */
export const NEAR_END = 1e-12;

/**
 * The curves of `LiveMarket` on which most trades take place, each as the present segment of one liquidity and where it stands on it,
 * in one flat array: a trade within the segment is a few multiplications and divisions, in the same order as in `LiveMarket`, so that the
 * results are the same floats. What leaves the segment, or takes another way, `LiveMarket` does, which has to be told of all trades before:
 * `settle`, and `forget` afterwards.
 */
export class SegmentMarket {
  /** By asset, the row of the curve on which it ends when it is sold, or `CASH`, or `NO_CURVE`. */
  readonly curveOf: Int32Array;
  /** By asset, what it is exchanged for on its way to there; `NOWHERE` = nothing. */
  readonly hop: Int32Array;
  /** By asset that ends on a curve that is not stale, or as cash: USD where that stands. */
  readonly usd: Float64Array;
  /** By asset, the asset in which one is paid in the end, whose price does not move. */
  readonly paidIn: Int32Array;
  /** By asset, about how many units on its curve, or dollars, one unit is. */
  readonly unitsOf: Float64Array;
  /** See `CURVE_WIDTH`. */
  readonly curves: Float64Array;
  readonly marketUsd: Float64Array;
  readonly #market: LiveMarket;
  /** By asset that is exchanged: its price ÷ that of what it is exchanged for is the product of these. */
  readonly #hopRatio: Float64Array;
  readonly #hopOwn: Float64Array;
  /** By row of a curve: the assets that end on it by an exchange, each after what it is exchanged for. */
  readonly #endsOn: number[][];
  /** By row of a curve: its asset, and the other curves whose prices hang on its. */
  readonly #asset: Int32Array;
  readonly #hanging: (readonly number[])[];
  /** By asset: the row of its curve. */
  readonly #rowOf: Int32Array;
  /** By row of a curve: what is kept after its fee. */
  readonly #kept: Float64Array;
  /** By node: 1 = trades of this run may move its price. */
  readonly #isMovable: Uint8Array;
  #hasMoved = false;

  constructor(market: LiveMarket) {
    const { tree, depth, isLate } = market.market;
    const assets = [NOWHERE as number, ...depth.keys()].filter(
      (asset) => asset === NOWHERE || (depth[asset] !== undefined && !isLate[asset]),
    );
    this.#market = market;
    this.marketUsd = market.marketUsd;
    this.#asset = Int32Array.from(assets);
    this.#rowOf = new Int32Array(depth.length).fill(NO_CURVE);
    for (const [row, asset] of assets.entries()) if (asset !== NOWHERE) this.#rowOf[asset] = row;
    this.#hanging = assets.map((asset) => {
      const below = asset === NOWHERE ? new Int32Array(0) : market.belowOf(asset);
      const isBelow = (other: number) => other !== NOWHERE && below.includes(tree.references + other);
      return [...assets.keys()].filter((row) => assets[row] !== asset && isBelow(assets[row]!));
    });
    this.#isMovable = new Uint8Array(tree.count);
    this.#kept = Float64Array.from(assets, (asset) => 1 - (depth[asset]?.feeRatio ?? 0));
    this.curveOf = new Int32Array(depth.length);
    this.hop = new Int32Array(depth.length);
    this.usd = new Float64Array(depth.length);
    this.#hopRatio = new Float64Array(depth.length);
    this.#hopOwn = new Float64Array(depth.length);
    this.#endsOn = assets.map(() => []);
    this.paidIn = new Int32Array(depth.length);
    this.unitsOf = new Float64Array(depth.length);
    this.curves = new Float64Array(CURVE_WIDTH * assets.length);
    this.curves.set([1, 1, 1, -Infinity, Infinity, 1, 1, 1, 1, 1]);
    this.curves[STATE] = READ;
  }

  /** The markets after a shock. */
  begin(): void {
    const { depth } = this.#market.market;
    this.#isMovable.fill(0);
    for (let asset = 0; asset < depth.length; asset++) {
      if (!depth[asset] || this.#capacityOf(asset) === Infinity) continue;
      const below = this.#market.belowOf(asset);
      for (let i = 0; i < below.length; i++) this.#isMovable[below[i]!] = 1;
    }
    for (const assets of this.#endsOn) assets.length = 0;
    // What something is exchanged for comes after it in the order of trades.
    const { order } = this.#market.market;
    for (let i = order.length - 1; i >= 0; i--) this.#route(order[i]!);
    this.#hasMoved = false;
    this.forget();
  }

  /** Curves are read from the market again when they are asked for: something else may have moved it. */
  forget(): void {
    for (let row = 1; row < this.#asset.length; row++) this.curves[CURVE_WIDTH * row + STATE] = STALE;
  }

  /** What is kept of a trade on a curve after its fee. */
  keptOn(row: number): number {
    return this.#kept[row]!;
  }

  /** What can be exchanged through an asset's tie. */
  #capacityOf(asset: number): number {
    return this.#market.exchange[asset] === NOWHERE ? 0 : this.#market.capacityOf(asset);
  }

  /** What an asset turns into on its way to cash. */
  #route(asset: number): void {
    const { exchange, marketUsd, market } = this.#market;
    const { tree, isLate, depth } = market;
    this.curveOf[asset] = NO_CURVE;
    this.unitsOf[asset] = 1;
    const isExchanged = this.#capacityOf(asset) === Infinity && exchange[asset] !== DOLLARS;
    this.hop[asset] = isExchanged ? exchange[asset]! : NOWHERE;
    this.#hopRatio[asset] = tree.ratio[tree.references + asset]!;
    this.#hopOwn[asset] = this.#market.ownOf(tree.references + asset);
    this.usd[asset] = marketUsd[asset]!;
    let units = 1;
    let at = asset;
    while (!isLate[at] && this.#capacityOf(at) === Infinity && exchange[at] !== DOLLARS) {
      units *= marketUsd[at]! / marketUsd[exchange[at]!]!;
      at = exchange[at]!;
    }
    if (isLate[at]) return;
    const curve = depth[at];
    if (this.#isTakenAsCash(at)) {
      this.curveOf[asset] = CASH;
      this.paidIn[asset] = at;
      this.unitsOf[asset] = units * marketUsd[at]!;
    } else if (curve && this.#capacityOf(at) === 0 && this.#isTakenAsCash(curve.quote)) {
      this.curveOf[asset] = this.#rowOf[at]!;
      if (asset !== at) this.#endsOn[this.#rowOf[at]!]!.push(asset);
      this.paidIn[asset] = curve.quote;
      this.unitsOf[asset] = units;
    }
  }

  /** Whether any amount of an asset is taken and given as dollars, at a price that nothing in this run moves. */
  #isTakenAsCash(asset: number): boolean {
    const { exchange, market } = this.#market;
    if (this.#isMovable[market.tree.references + asset] === 1) return false;
    const capacity = this.#capacityOf(asset);
    if (capacity === 0) return market.depth[asset] === undefined && market.isCash[asset]!;
    return capacity === Infinity && exchange[asset] === DOLLARS;
  }

  /** Reads a curve from the market, where it is stale: the segment on which it stands. */
  read(row: number): void {
    this.settle();
    const { curves } = this;
    const at = CURVE_WIDTH * row;
    const asset = this.#asset[row]!;
    const { depth, tree } = this.#market.market;
    const curve = depth[asset]!;
    const quoteUsd = this.marketUsd[curve.quote]!;
    const root = Math.sqrt(this.marketUsd[asset]! / quoteUsd);
    const segment = isOnCurve(curve, root) ? segmentOf(curve.sqrtPrice, root) : -1;
    const kept = 1 - curve.feeRatio;
    const isFeeOnQuote = curve.feeOnQuote ?? false;
    curves[at + ROOT] = root;
    this.#setUsd(row, this.marketUsd[asset]!);
    curves[at + LIQUIDITY] = curve.liquidity[segment] ?? 0;
    // Where there is no segment nothing is within it.
    curves[at + LEAST_ROOT] = segment === -1 ? Infinity : curve.sqrtPrice[segment]! * (1 + NEAR_END);
    curves[at + MOST_ROOT] = segment === -1 ? -Infinity : curve.sqrtPrice[segment + 1]! * (1 - NEAR_END);
    curves[at + KEPT_OF_SOLD] = isFeeOnQuote ? 1 : kept;
    curves[at + KEPT_OF_PAID] = isFeeOnQuote ? kept : 1;
    curves[at + KEPT] = kept;
    curves[at + ONE_BY_KEPT] = 1 / kept;
    curves[at + QUOTE_USD] = quoteUsd;
    const node = tree.references + asset;
    const moved = tree.movedBy[asset]!;
    const base = tree.base[moved]!;
    curves[at + BELOW] = (base === -1 ? 1 : this.#market.treeUsd(base)) * tree.ratio[moved]!;
    curves[at + OWN] = this.#market.ownOf(moved);
    curves[at + RATIO_ABOVE] = moved === node ? 1 : tree.ratio[node]!;
    curves[at + OWN_ABOVE] = moved === node ? 1 : this.#market.ownOf(node);
    curves[at + TO_MARKET] = this.#market.toMarket[asset]!;
    curves[at + STATE] = READ;
  }

  /** Sets what a unit on a curve is worth, and all that ends there. */
  #setUsd(row: number, unitUsd: number): void {
    const { usd, hop } = this;
    this.curves[CURVE_WIDTH * row + UNIT_USD] = unitUsd;
    usd[this.#asset[row]!] = unitUsd;
    const assets = this.#endsOn[row]!;
    for (let i = 0; i < assets.length; i++) {
      const asset = assets[i]!;
      usd[asset] = usd[hop[asset]!]! * this.#hopRatio[asset]! * this.#hopOwn[asset]!;
    }
  }

  /** Notes that units were sold on a curve (below 0: bought), which has moved it to a root of its price on its segment. */
  moveTo(row: number, root: number, units: number): void {
    const { curves } = this;
    const at = CURVE_WIDTH * row;
    const ownMove = (root / curves[at + ROOT]!) ** 2;
    const own = curves[at + OWN]! * ownMove;
    const usd = curves[at + BELOW]! * own * curves[at + RATIO_ABOVE]! * curves[at + OWN_ABOVE]!;
    curves[at + OWN] = own;
    this.#setUsd(row, usd);
    curves[at + ROOT] = Math.sqrt(usd / curves[at + QUOTE_USD]!);
    curves[at + TO_MARKET]! += units;
    curves[at + STATE] = MOVED;
    this.#hasMoved = true;
    const hanging = this.#hanging[row]!;
    for (let i = 0; i < hanging.length; i++) this.#tell(hanging[i]!, STALE);
  }

  /** Tells the market of all trades. */
  settle(): void {
    if (!this.#hasMoved) return;
    this.#hasMoved = false;
    for (let row = 1; row < this.#asset.length; row++)
      if (this.curves[CURVE_WIDTH * row + STATE] === MOVED) this.#tell(row, READ);
  }

  /** Tells the market of the trades on a curve, and sets its state. */
  #tell(row: number, state: number): void {
    const { curves } = this;
    const at = CURVE_WIDTH * row;
    if (curves[at + STATE] === MOVED)
      this.#market.stand(this.#asset[row]!, curves[at + OWN]!, curves[at + TO_MARKET]!);
    curves[at + STATE] = state;
  }

  /** Whether what two assets turn into before they reach their curves has nothing in common: else their amounts are traded as one. */
  areApart(sold: number, bought: number): boolean {
    const { hop } = this;
    if (hop[sold] === NOWHERE || hop[bought] === NOWHERE) return true;
    return sold !== bought && hop[hop[sold]!] === NOWHERE && hop[hop[bought]!] === NOWHERE;
  }

  /** Units of an asset that ends on a curve, or as cash, as units there. */
  toCurve(asset: number, units: number): number {
    const { hop, usd } = this;
    let left = units;
    for (let at = asset; hop[at] !== NOWHERE; at = hop[at]!) left = (left * usd[at]!) / usd[hop[at]!]!;
    return left;
  }

  /** What a unit of an asset brings or costs where one on its curve does so much. */
  fromCurve(asset: number, usd: number): number {
    const to = this.hop[asset]!;
    return to === NOWHERE ? usd : (this.fromCurve(to, usd) * this.usd[asset]!) / this.usd[to]!;
  }
}

/** The segment whose lower end is below a root of a price and whose upper end is not; -1 = none. */
function segmentOf(ends: Float64Array, root: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! < root) low = middle + 1;
    else high = middle;
  }
  return low < ends.length ? low - 1 : -1;
}
