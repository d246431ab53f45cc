import type { Cascade } from './load.ts';

export interface PricePath {
  readonly asset: string;
  readonly symbol: string;
  /** Moves from before the shock: first right after the shock, then after each round. -0.2 = 20 % down. */
  readonly points: readonly number[];
}

/** Moves smaller than this do not count as moving: a hundredth of a percent. */
const STILL = 1e-4;

/**
 * How the price of each asset went, for the assets that move. A round that does not name an asset leaves its price
 * where it was; an asset without a price before the shock has no path.
 */
export function pricePaths({
  rounds,
  byAsset,
  shocks,
}: Pick<Cascade, 'rounds' | 'byAsset' | 'shocks'>): PricePath[] {
  return byAsset
    .filter(({ priceBeforeUsd }) => priceBeforeUsd > 0)
    .map(({ asset, symbol, priceBeforeUsd }) => {
      const shock = shocks.find((candidate) => candidate.asset === asset)?.ratio ?? 0;
      const points = [shock];
      for (const { assets } of rounds) {
        const there = assets.find((path) => path.asset === asset);
        points.push(there ? there.priceAfterUsd / priceBeforeUsd - 1 : (points.at(-1) ?? shock));
      }
      return { asset, symbol, points };
    })
    .filter(({ points }) => points.some((point) => Math.abs(point) > STILL));
}
