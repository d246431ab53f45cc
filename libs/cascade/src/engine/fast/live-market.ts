import type { AssetDepth } from '@undertow/book';
import { buy, emptyFill, sell } from '@undertow/liquidity';
import { requotedAt, type Market, type Places } from '../../market/market.ts';
import { isOnCurve, type Trade } from '../../market/trade.ts';

const NOWHERE = -1;
const DOLLARS = -2;

/**
 * The markets of a run, changed in place. `quote` and `commit` do to the two assets of a call, and to what they are exchanged for and
 * quoted in, what `trade` does to all assets, in the same order of arithmetic: the results are the same floats.
 */
export class LiveMarket {
  /** USD by asset row, where each asset's market stands. */
  readonly priceUsd: Float64Array;
  /** By node: 1 = its price is no longer the book's. */
  readonly moved: Uint8Array;
  /** What the last `quote` would bring and cost, USD. */
  cashUsd = 0;
  unboughtUsd = 0;
  /** By asset row, see `marginalPrices`; of the assets of the last `quote` alone. */
  readonly marginalUsd: Float64Array;

  readonly #opened: Market;
  readonly #own: Float64Array;
  readonly #nodeUsd: Float64Array;
  readonly #capacity: Float64Array;
  readonly #exchange: Int32Array;
  readonly #belowNode: readonly Int32Array[];
  readonly #lateAssets: readonly number[];
  readonly #paths = new Map<number, Int32Array>();
  #market: Market;
  // What the last quote did, by asset row.
  readonly #net: Float64Array;
  readonly #capacityAfter: Float64Array;
  readonly #sqrtAfter: Float64Array;
  readonly #ownMove: Float64Array;
  readonly #direction: Int8Array;
  readonly #fill = emptyFill();

  constructor(opened: Market) {
    const { tree, exchange, isLate } = opened;
    const assets = exchange.length;
    this.#opened = opened;
    this.#market = opened;
    this.priceUsd = new Float64Array(assets);
    this.marginalUsd = new Float64Array(assets);
    this.moved = new Uint8Array(tree.count);
    this.#own = new Float64Array(tree.count);
    this.#nodeUsd = new Float64Array(tree.count);
    this.#capacity = new Float64Array(assets);
    this.#exchange = Int32Array.from(exchange, (to) =>
      to === undefined ? NOWHERE : to === 'dollars' ? DOLLARS : to,
    );
    this.#lateAssets = isLate.flatMap((late, row) => (late ? [row] : []));
    this.#belowNode = nodesBelow(opened);
    this.#net = new Float64Array(assets);
    this.#capacityAfter = new Float64Array(assets);
    this.#sqrtAfter = new Float64Array(assets);
    this.#ownMove = new Float64Array(assets);
    this.#direction = new Int8Array(assets);
  }

  /** The markets after a shock. */
  begin(places: Places, moved: Uint8Array): void {
    const isRequoted = this.#opened.depth.some((curve) => curve?.isRequoted);
    this.#market = isRequoted ? requotedAt(this.#opened, places) : this.#opened;
    this.moved.set(moved);
    this.adopt(places);
  }

  /** Takes over places that something else has worked out. */
  adopt({ own, priceUsd, capacity }: Places): void {
    const { references } = this.#market.tree;
    this.#own.set(own);
    this.#capacity.set(capacity);
    this.priceUsd.set(priceUsd.subarray(references));
    this.#nodeUsd.set(priceUsd);
    if (this.#lateAssets.length > 0) this.#reprice(this.#market.tree.order);
  }

  /** Notes which nodes a trade that something else has worked out has moved. */
  adoptMoves({ ownMove }: Pick<Trade, 'ownMove'>): void {
    for (const [asset, move] of ownMove.entries()) if (move !== 1) this.#mark(asset);
  }

  /** The market with its depth as it is in this run. */
  get market(): Market {
    return this.#market;
  }

  /** A copy of where the markets stand. */
  places(): Places {
    const priceUsd = this.#nodeUsd.slice();
    priceUsd.set(this.priceUsd, this.#market.tree.references);
    return { own: this.#own.slice(), priceUsd, capacity: this.#capacity.slice() };
  }

  /** What selling units of one asset and buying units of another (-1 = none) would do. */
  quote(sold: number, units: number, bought: number, owed: number): void {
    const path = this.#pathOf(sold, bought);
    const net = this.#net;
    for (let i = 0; i < path.length; i++) net[path[i]!] = 0;
    net[sold]! += units;
    if (bought !== -1) net[bought]! -= owed;
    this.cashUsd = 0;
    this.unboughtUsd = 0;
    for (let i = 0; i < path.length; i++) this.#trade(path[i]!);
    for (let i = path.length - 1; i >= 0; i--) this.#findMarginal(path[i]!);
  }

  #trade(asset: number): void {
    const { priceUsd } = this;
    const net = this.#net;
    const direction = Math.sign(net[asset]!);
    const to = this.#exchange[asset]!;
    let capacity = this.#capacity[asset]!;
    this.#direction[asset] = direction;
    this.#sqrtAfter[asset] = 0;
    this.#ownMove[asset] = 1;
    if (to !== NOWHERE && net[asset] !== 0) {
      const part = direction * Math.min(Math.abs(net[asset]!), capacity);
      const valueUsd = part * priceUsd[asset]!;
      if (to === DOLLARS) this.cashUsd += valueUsd;
      else net[to]! += valueUsd / priceUsd[to]!;
      capacity -= Math.abs(part);
      net[asset]! -= part;
    }
    this.#capacityAfter[asset] = capacity;
    const amount = net[asset]!;
    if (amount === 0) return;
    const curve = this.#market.depth[asset];
    if (curve) this.#tradeOnCurve(asset, amount, curve);
    else if (this.#market.isCash[asset]) this.cashUsd += amount * priceUsd[asset]!;
    else if (amount < 0) this.unboughtUsd += -amount * priceUsd[asset]!;
  }

  #tradeOnCurve(asset: number, amount: number, curve: AssetDepth): void {
    const { priceUsd } = this;
    const before = Math.sqrt(priceUsd[asset]! / priceUsd[curve.quote]!);
    const fill = this.#fill;
    if (!isOnCurve(curve, before)) {
      fill.quoteAmount = 0;
      fill.unfilled = Math.abs(amount);
      fill.sqrtPriceAfter = before;
    } else if (amount > 0) sell(curve, before, amount, fill);
    else buy(curve, before, -amount, fill);
    this.#sqrtAfter[asset] = fill.sqrtPriceAfter;
    this.#ownMove[asset] = (fill.sqrtPriceAfter / before) ** 2;
    this.#net[curve.quote]! += amount > 0 ? fill.quoteAmount : -fill.quoteAmount;
    if (amount < 0 && fill.unfilled > 0) this.unboughtUsd += fill.unfilled * priceUsd[asset]!;
  }

  /** As `marginalPrices`. */
  #findMarginal(asset: number): void {
    const { priceUsd, marginalUsd } = this;
    const isSale = this.#direction[asset]! >= 0;
    const none = isSale ? 0 : Infinity;
    const to = this.#capacityAfter[asset]! > 0 ? this.#exchange[asset]! : NOWHERE;
    const curve = this.#market.depth[asset];
    if (to === DOLLARS || (!curve && this.#market.isCash[asset])) marginalUsd[asset] = priceUsd[asset]!;
    else if (to !== NOWHERE) marginalUsd[asset] = (marginalUsd[to]! * priceUsd[asset]!) / priceUsd[to]!;
    else if (curve) {
      const place = this.#sqrtAfter[asset]! || Math.sqrt(priceUsd[asset]! / priceUsd[curve.quote]!);
      const ends = curve.sqrtPrice;
      const isAtEnd = isSale ? place <= ends[0]! : place >= ends[ends.length - 1]!;
      const keep = 1 - curve.feeRatio;
      const inQuote = place ** 2 * (isSale ? keep : 1 / keep);
      marginalUsd[asset] = isAtEnd ? none : inQuote * marginalUsd[curve.quote]!;
    } else marginalUsd[asset] = none;
  }

  /** Makes the trade of the last `quote`, whose assets these were. */
  commit(sold: number, bought: number): void {
    const path = this.#pathOf(sold, bought);
    const { movedBy } = this.#market.tree;
    let isMoved = false;
    for (let i = 0; i < path.length; i++) {
      const asset = path[i]!;
      this.#capacity[asset] = this.#capacityAfter[asset]!;
      if (this.#ownMove[asset] === 1) continue;
      this.#own[movedBy[asset]!]! *= this.#ownMove[asset]!;
      this.#mark(asset);
      isMoved = true;
    }
    if (!isMoved) return;
    for (let i = 0; i < path.length; i++)
      if (this.#ownMove[path[i]!] !== 1) this.#reprice(this.#belowNode[movedBy[path[i]!]!]!);
    for (const asset of this.#lateAssets)
      if (path.includes(asset)) this.priceUsd[asset]! *= this.#ownMove[asset]!;
  }

  #mark(asset: number): void {
    const below = this.#belowNode[this.#market.tree.movedBy[asset]!]!;
    for (let i = 0; i < below.length; i++) this.moved[below[i]!] = 1;
  }

  /** Prices of nodes, each after what it hangs on; those that follow late stay where they are. */
  #reprice(nodes: ArrayLike<number>): void {
    const { tree, isLate } = this.#market;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]!;
      const base = tree.base[node]!;
      const usd = (base === -1 ? 1 : this.#nodeUsd[base]!) * tree.ratio[node]! * this.#own[node]!;
      this.#nodeUsd[node] = usd;
      const asset = node - tree.references;
      if (asset >= 0 && !isLate[asset]) this.priceUsd[asset] = usd;
    }
  }

  /** Arbitrage brings along what follows late. */
  catchUp(): void {
    const { references } = this.#market.tree;
    for (const asset of this.#lateAssets) this.priceUsd[asset] = this.#nodeUsd[references + asset]!;
  }

  /** USD of a node where its market stands, late ones included. */
  nodeUsd(node: number): number {
    const { references } = this.#market.tree;
    return node < references ? this.#nodeUsd[node]! : this.priceUsd[node - references]!;
  }

  /** The assets that a trade of two may touch, each before what it turns into. */
  #pathOf(sold: number, bought: number): Int32Array {
    const key = sold * (this.priceUsd.length + 1) + bought + 1;
    const known = this.#paths.get(key);
    if (known) return known;
    const reached = new Set<number>();
    const visit = (asset: number): void => {
      if (asset < 0 || reached.has(asset)) return;
      reached.add(asset);
      visit(this.#exchange[asset]!);
      visit(this.#opened.depth[asset]?.quote ?? NOWHERE);
    };
    visit(sold);
    visit(bought);
    const path = Int32Array.from(this.#opened.order.filter((asset) => reached.has(asset)));
    this.#paths.set(key, path);
    return path;
  }
}

/** By node: itself and all that hangs on it, each after what it hangs on. */
function nodesBelow({ tree }: Market): Int32Array[] {
  const below: number[][] = Array.from({ length: tree.count }, () => []);
  for (const node of tree.order) for (let at = node; at !== -1; at = tree.base[at]!) below[at]!.push(node);
  return below.map((nodes) => Int32Array.from(nodes));
}
