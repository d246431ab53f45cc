import type { AssetDepth } from '@undertow/book';
import { buy, emptyFill, sell } from '@undertow/liquidity';
import type { Offer } from '../../kernel.ts';
import { requotedAt, type Market, type Places } from '../../market/market.ts';
import { isOnCurve } from '../../market/trade.ts';
import type { Desk, Quote } from '../../policies/choose-call.ts';
import { nodesBelow } from './nodes-below.ts';
import { DOLLARS, NOWHERE, TradePaths } from './trade-paths.ts';
import { trialColumns, type TrialColumns } from './trial-columns.ts';

/**
 * The markets of a run, changed in place. A trial does to the assets of a call, and to what they are exchanged for and quoted in, what
 * `trade` does to all assets, in the same order of arithmetic: the results are the same floats.
 */
export class LiveMarket implements Desk {
  /** USD by asset row, where each asset's market stands. */
  readonly marketUsd: Float64Array;
  /** By node: 1 = its price is no longer the book's. */
  readonly moved: Uint8Array;
  /** By asset row, units that trades since `begin` brought to its own market: sold there or left unsold, less bought. */
  readonly toMarket: Float64Array;
  /** What the last trial would bring and cost, USD. */
  cashUsd = 0;
  unboughtUsd = 0;
  /** By asset row, see the function `marginalUsd`; of the assets of the last trial alone. */
  readonly marginalUsd: Float64Array;

  readonly #opened: Market;
  readonly #own: Float64Array;
  readonly #nodeUsd: Float64Array;
  readonly #capacity: Float64Array;
  readonly #belowNode: readonly Int32Array[];
  readonly #lateAssets: readonly number[];
  readonly #paths: TradePaths;
  #path: Int32Array = new Int32Array(0);
  #market: Market;
  readonly #trial: TrialColumns;
  readonly #fill = emptyFill();
  // What a trial of a move has changed and puts back.
  readonly #traded: { readonly asset: number; readonly own: number }[] = [];
  readonly #nodes: { readonly node: number; readonly treeUsd: number; readonly usd: number }[] = [];

  constructor(opened: Market) {
    const { tree, exchange, isLate } = opened;
    const assets = exchange.length;
    this.#opened = opened;
    this.#market = opened;
    this.marketUsd = new Float64Array(assets);
    this.marginalUsd = new Float64Array(assets);
    this.toMarket = new Float64Array(assets);
    this.moved = new Uint8Array(tree.count);
    this.#own = new Float64Array(tree.count);
    this.#nodeUsd = new Float64Array(tree.count);
    this.#capacity = new Float64Array(assets);
    this.#paths = new TradePaths(opened);
    this.#lateAssets = isLate.flatMap((late, row) => (late ? [row] : []));
    this.#belowNode = nodesBelow(tree);
    this.#trial = trialColumns(assets);
  }

  /** The markets after a shock. */
  begin(places: Places, moved: Uint8Array): void {
    const isRequoted = this.#opened.depth.some((curve) => curve?.isRequoted);
    this.#market = isRequoted ? requotedAt(this.#opened, places) : this.#opened;
    this.moved.set(moved);
    this.toMarket.fill(0);
    this.adopt(places);
  }

  /** Takes over places that something else has worked out. */
  adopt({ own, priceUsd, capacity }: Places): void {
    const { references } = this.#market.tree;
    this.#own.set(own);
    this.#capacity.set(capacity);
    this.marketUsd.set(priceUsd.subarray(references));
    this.#nodeUsd.set(priceUsd);
    if (this.#lateAssets.length > 0) this.#reprice(this.#market.tree.order);
  }

  /** The market with its depth as it is in this run. */
  get market(): Market {
    return this.#market;
  }

  /** A copy of where the markets stand. */
  places(): Places {
    const priceUsd = this.#nodeUsd.slice();
    priceUsd.set(this.marketUsd, this.#market.tree.references);
    return { own: this.#own.slice(), priceUsd, capacity: this.#capacity.slice() };
  }

  /** What selling units of one asset and buying units of another (-1 = none) would do. */
  tryTwo(sold: number, units: number, bought: number, owed: number): void {
    this.#path = this.#paths.ofTwo(sold, bought);
    this.#clearNet();
    this.#trial.net[sold]! += units;
    if (bought !== -1) this.#trial.net[bought]! -= owed;
    this.#try();
  }

  /** What a call of a size would do; see `Desk`. */
  quote(offer: Offer, size: number): Quote {
    const { flows, soldByOthers } = offer;
    this.#path = this.#paths.ofFlows(flows, soldByOthers);
    this.#clearNet();
    for (const { asset, amount } of flows) this.#trial.net[asset]! += amount * size;
    this.#try();
    const ownUsd = this.cashUsd;
    const profitUsd = ownUsd - this.unboughtUsd;
    if (soldByOthers.length > 0) {
      this.#clearNet();
      for (const { asset, amount } of flows) this.#trial.net[asset]! += amount * size;
      for (const { asset, amount } of soldByOthers) this.#trial.net[asset]! += amount * size;
      this.#try();
    }
    let marginalUsd = 0;
    for (const { asset, amount } of flows) if (amount !== 0) marginalUsd += amount * this.marginalUsd[asset]!;
    return { offer, size, profitUsd, othersUsd: this.cashUsd - ownUsd, marginalUsd };
  }

  /** By asset, what it is exchanged for through its tie; see `TradePaths`. */
  get exchange(): Int32Array {
    return this.#paths.exchange;
  }

  /** What can still be exchanged through an asset's tie. */
  capacityOf(asset: number): number {
    return this.#capacity[asset]!;
  }

  /** The nodes of the price tree whose prices trades of an asset move. */
  belowOf(asset: number): Int32Array {
    return this.#belowNode[this.#market.tree.movedBy[asset]!]!;
  }

  /** What shocks and trades have done to a node's price, a factor. */
  ownOf(node: number): number {
    return this.#own[node]!;
  }

  /** USD of a node as what hangs on it sees it: of late ones where arbitrage will bring them. */
  treeUsd(node: number): number {
    return this.#nodeUsd[node]!;
  }

  /** Where trades that were worked out elsewhere have put an asset's own curve: what they have made of `ownOf` and of `toMarket`. */
  stand(asset: number, own: number, toMarket: number): void {
    this.toMarket[asset] = toMarket;
    const node = this.#market.tree.movedBy[asset]!;
    if (this.#own[node] === own) return;
    this.#own[node] = own;
    this.#repriceBelow(asset);
  }

  readonly priceUsd = (asset: number): number => this.marketUsd[asset]!;

  readonly decimalsOf = (asset: number): number => this.#opened.book.assets[asset]!.decimals;

  largestMove({ offer, size }: Quote): number {
    this.quote(offer, size);
    const path = this.#path;
    const { movedBy, references } = this.#market.tree;
    const traded = this.#traded;
    const nodes = this.#nodes;
    traded.length = 0;
    nodes.length = 0;
    for (let i = 0; i < path.length; i++) {
      const asset = path[i]!;
      if (this.#trial.ownMove[asset] === 1) continue;
      traded.push({ asset, own: this.#own[movedBy[asset]!]! });
      const below = this.belowOf(asset);
      for (let j = 0; j < below.length; j++) {
        const node = below[j]!;
        nodes.push({ node, treeUsd: this.#nodeUsd[node]!, usd: this.nodeUsd(node) });
      }
    }
    for (const { asset } of traded) this.#own[movedBy[asset]!]! *= this.#trial.ownMove[asset]!;
    for (const { asset } of traded) this.#reprice(this.belowOf(asset));
    for (const asset of this.#lateAssets)
      if (path.includes(asset)) this.marketUsd[asset]! *= this.#trial.ownMove[asset]!;
    let most = 0;
    for (const { node, usd } of nodes) most = Math.max(most, Math.abs(this.nodeUsd(node) / usd - 1));
    // Backwards, as assets may move the same node.
    for (let i = traded.length - 1; i >= 0; i--) this.#own[movedBy[traded[i]!.asset]!] = traded[i]!.own;
    for (const { node, treeUsd, usd } of nodes) {
      this.#nodeUsd[node] = treeUsd;
      if (node >= references) this.marketUsd[node - references] = usd;
    }
    return most;
  }

  #clearNet(): void {
    for (let i = 0; i < this.#path.length; i++) this.#trial.net[this.#path[i]!] = 0;
  }

  #try(): void {
    const path = this.#path;
    this.cashUsd = 0;
    this.unboughtUsd = 0;
    for (let i = 0; i < path.length; i++) this.#trade(path[i]!);
    for (let i = path.length - 1; i >= 0; i--) this.#findMarginal(path[i]!);
  }

  #trade(asset: number): void {
    const { marketUsd } = this;
    const net = this.#trial.net;
    const direction = Math.sign(net[asset]!);
    const to = this.#paths.exchange[asset]!;
    let capacity = this.#capacity[asset]!;
    this.#trial.direction[asset] = direction;
    this.#trial.sqrtAfter[asset] = 0;
    this.#trial.ownMove[asset] = 1;
    this.#trial.toMarket[asset] = 0;
    if (to !== NOWHERE && net[asset] !== 0) {
      const part = direction * Math.min(Math.abs(net[asset]!), capacity);
      const valueUsd = part * marketUsd[asset]!;
      if (to === DOLLARS) this.cashUsd += valueUsd;
      else net[to]! += valueUsd / marketUsd[to]!;
      capacity -= Math.abs(part);
      net[asset]! -= part;
    }
    this.#trial.capacityAfter[asset] = capacity;
    const amount = net[asset]!;
    if (amount === 0) return;
    const curve = this.#market.depth[asset];
    if (curve) this.#tradeOnCurve(asset, amount, curve);
    else if (this.#market.isCash[asset]) this.cashUsd += amount * marketUsd[asset]!;
    else if (amount < 0) this.unboughtUsd += -amount * marketUsd[asset]!;
    else this.#trial.toMarket[asset] = amount;
  }

  #tradeOnCurve(asset: number, amount: number, curve: AssetDepth): void {
    const { marketUsd } = this;
    const before = Math.sqrt(marketUsd[asset]! / marketUsd[curve.quote]!);
    const fill = this.#fill;
    if (!isOnCurve(curve, before)) {
      fill.quoteAmount = 0;
      fill.filled = 0;
      fill.unfilled = Math.abs(amount);
      fill.sqrtPriceAfter = before;
    } else if (amount > 0) sell(curve, before, amount, fill);
    else buy(curve, before, -amount, fill);
    this.#trial.toMarket[asset] = amount > 0 ? fill.filled + fill.unfilled : -fill.filled;
    this.#trial.sqrtAfter[asset] = fill.sqrtPriceAfter;
    this.#trial.ownMove[asset] = (fill.sqrtPriceAfter / before) ** 2;
    this.#trial.net[curve.quote]! += amount > 0 ? fill.quoteAmount : -fill.quoteAmount;
    if (amount < 0 && fill.unfilled > 0) this.unboughtUsd += fill.unfilled * marketUsd[asset]!;
  }

  /** As the function `marginalUsd`. */
  #findMarginal(asset: number): void {
    const { marketUsd, marginalUsd } = this;
    const isSale = this.#trial.direction[asset]! >= 0;
    const none = isSale ? 0 : Infinity;
    const to = this.#trial.capacityAfter[asset]! > 0 ? this.#paths.exchange[asset]! : NOWHERE;
    const curve = this.#market.depth[asset];
    if (to === DOLLARS || (!curve && this.#market.isCash[asset])) marginalUsd[asset] = marketUsd[asset]!;
    else if (to !== NOWHERE) marginalUsd[asset] = (marginalUsd[to]! * marketUsd[asset]!) / marketUsd[to]!;
    else if (curve) {
      const place = this.#trial.sqrtAfter[asset]! || Math.sqrt(marketUsd[asset]! / marketUsd[curve.quote]!);
      const ends = curve.sqrtPrice;
      const isAtEnd = isSale ? place <= ends[0]! : place >= ends[ends.length - 1]!;
      const keep = 1 - curve.feeRatio;
      const inQuote = place ** 2 * (isSale ? keep : 1 / keep);
      marginalUsd[asset] = isAtEnd ? none : inQuote * marginalUsd[curve.quote]!;
    } else marginalUsd[asset] = none;
  }

  /** Makes the trade that was tried last. */
  commit(): void {
    const path = this.#path;
    const { movedBy } = this.#market.tree;
    let isMoved = false;
    for (let i = 0; i < path.length; i++) {
      const asset = path[i]!;
      this.#capacity[asset] = this.#trial.capacityAfter[asset]!;
      this.toMarket[asset]! += this.#trial.toMarket[asset]!;
      if (this.#trial.ownMove[asset] === 1) continue;
      this.#own[movedBy[asset]!]! *= this.#trial.ownMove[asset]!;
      isMoved = true;
    }
    if (!isMoved) return;
    for (let i = 0; i < path.length; i++)
      if (this.#trial.ownMove[path[i]!] !== 1) this.#repriceBelow(path[i]!);
    for (const asset of this.#lateAssets)
      if (path.includes(asset)) this.marketUsd[asset]! *= this.#trial.ownMove[asset]!;
  }

  /** After a change of what trades of an asset move. */
  #repriceBelow(asset: number): void {
    const below = this.belowOf(asset);
    for (let i = 0; i < below.length; i++) this.moved[below[i]!] = 1;
    this.#reprice(below);
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
      if (asset >= 0 && !isLate[asset]) this.marketUsd[asset] = usd;
    }
  }

  /** Arbitrage brings along what follows late. */
  catchUp(): void {
    const { references } = this.#market.tree;
    for (const asset of this.#lateAssets) this.marketUsd[asset] = this.#nodeUsd[references + asset]!;
  }

  /** USD of a node where its market stands, late ones included. */
  nodeUsd(node: number): number {
    const { references } = this.#market.tree;
    return node < references ? this.#nodeUsd[node]! : this.marketUsd[node - references]!;
  }
}
