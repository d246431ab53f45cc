import type { Flow } from '../../kernel.ts';
import type { Market } from '../../market/market.ts';

/** In place of an asset row: it is exchanged for nothing, or for dollars themselves. */
export const NOWHERE = -1;
export const DOLLARS = -2;

/** Which assets a trade may touch: what is traded, and all that it is exchanged for or quoted in. */
export class TradePaths {
  /** By asset row, what it is exchanged for through its tie. */
  readonly exchange: Int32Array;
  readonly #market: Market;
  readonly #ofTwo = new Map<number, Int32Array>();
  readonly #ofFlows = new Map<string, Int32Array>();

  constructor(market: Market) {
    this.#market = market;
    this.exchange = Int32Array.from(market.exchange, (to) =>
      to === undefined ? NOWHERE : to === 'dollars' ? DOLLARS : to,
    );
  }

  /** Of two assets (-1 = none): each before what it turns into. */
  ofTwo(sold: number, bought: number): Int32Array {
    const key = sold * (this.exchange.length + 1) + bought + 1;
    const known = this.#ofTwo.get(key);
    if (known) return known;
    const path = this.#reach([sold, bought]);
    this.#ofTwo.set(key, path);
    return path;
  }

  /** Of all assets that flow: each before what it turns into. */
  ofFlows(flows: readonly Flow[], others: readonly Flow[]): Int32Array {
    if (flows.length + others.length <= 2 && flows.length > 0)
      return this.ofTwo(flows[0]!.asset, (flows[1] ?? others[0])?.asset ?? NOWHERE);
    const assets = [...flows, ...others].map(({ asset }) => asset);
    const key = assets.join(' ');
    const known = this.#ofFlows.get(key);
    if (known) return known;
    const path = this.#reach(assets);
    this.#ofFlows.set(key, path);
    return path;
  }

  #reach(assets: readonly number[]): Int32Array {
    const reached = new Set<number>();
    const visit = (asset: number): void => {
      if (asset < 0 || reached.has(asset)) return;
      reached.add(asset);
      visit(this.exchange[asset]!);
      visit(this.#market.depth[asset]?.quote ?? NOWHERE);
    };
    for (const asset of assets) visit(asset);
    return Int32Array.from(this.#market.order.filter((asset) => reached.has(asset)));
  }
}
