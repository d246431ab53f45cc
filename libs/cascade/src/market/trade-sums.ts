import type { Trade } from './trade.ts';

/** What trades did in sum, by asset row; see `AssetTrade`. */
export class TradeSums {
  readonly sold: Float64Array;
  readonly bought: Float64Array;
  readonly exchanged: Float64Array;
  readonly unsold: Float64Array;
  readonly unbought: Float64Array;
  /** 1 = some trade has moved its price on its curve. */
  readonly hasMoved: Uint8Array;

  constructor(assets: number) {
    this.sold = new Float64Array(assets);
    this.bought = new Float64Array(assets);
    this.exchanged = new Float64Array(assets);
    this.unsold = new Float64Array(assets);
    this.unbought = new Float64Array(assets);
    this.hasMoved = new Uint8Array(assets);
  }

  add({ assets }: Trade): void {
    for (const { asset, sold, bought, exchanged, unsold, unbought, ownMove } of assets) {
      this.sold[asset]! += sold;
      this.bought[asset]! += bought;
      this.exchanged[asset]! += exchanged;
      this.unsold[asset]! += unsold;
      this.unbought[asset]! += unbought;
      if (ownMove !== 1) this.hasMoved[asset] = 1;
    }
  }

  /** All of several in one. */
  static of(assets: number, parts: readonly TradeSums[]): TradeSums {
    const all = new TradeSums(assets);
    for (const part of parts)
      for (const name of ['sold', 'bought', 'exchanged', 'unsold', 'unbought', 'hasMoved'] as const)
        for (let asset = 0; asset < assets; asset++) {
          const sum = all[name][asset]! + part[name][asset]!;
          all[name][asset] = name === 'hasMoved' ? Math.min(1, sum) : sum;
        }
    return all;
  }
}
