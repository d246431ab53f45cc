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
 * How the market price of each asset went, for the assets that move. A round that does not name an asset leaves its price
 * where it was; an asset without a price before the shock has no path.
 */
export function pricePaths({
  rounds,
  byAsset,
  moves,
}: Pick<Cascade, 'rounds' | 'byAsset' | 'moves'>): PricePath[] {
  return byAsset
    .filter(({ oracleBeforeUsd }) => oracleBeforeUsd > 0)
    .map(({ asset, oracleBeforeUsd }) => {
      const shock = moves.find((moved) => moved.asset.address === asset.address)?.marketMove ?? 0;
      const points = [shock];
      for (const { assets } of rounds) {
        const there = assets.find((path) => path.asset.address === asset.address);
        points.push(there ? there.marketAfterUsd / oracleBeforeUsd - 1 : (points.at(-1) ?? shock));
      }
      return { asset: asset.address, symbol: asset.symbol, points };
    })
    .filter(({ points }) => points.some((point) => Math.abs(point) > STILL));
}

/** Assets whose prices move alike: drawn as one line. */
export interface PriceGroup extends PricePath {
  /** The asset that is named, first, and all that move as it does. */
  readonly symbols: readonly string[];
}

/**
 * Paths that do not differ by more than can be seen, as one; it goes by the name of a shocked asset if it has one. What
 * is shocked comes first, then what moves most.
 */
export function priceGroups(cascade: Parameters<typeof pricePaths>[0]): PriceGroup[] {
  const groups: PricePath[][] = [];
  for (const path of pricePaths(cascade)) {
    const like = groups.find(([first]) =>
      first?.points.every((point, i) => Math.abs(point - (path.points[i] ?? Number.NaN)) < STILL),
    );
    if (like) like.push(path);
    else groups.push([path]);
  }
  const isShocked = ({ asset }: PricePath) =>
    cascade.moves.some((moved) => moved.asset.address === asset && Math.abs(moved.marketMove) > STILL);
  const end = ({ points }: PricePath) => Math.abs(points.at(-1) ?? 0);
  const byShock = (a: PricePath, b: PricePath) => Number(isShocked(b)) - Number(isShocked(a));
  return groups
    .flatMap((group) => {
      const [first, ...others] = group.toSorted(byShock);
      return first ? [{ ...first, symbols: [first, ...others].map(({ symbol }) => symbol) }] : [];
    })
    .sort((a, b) => byShock(a, b) || end(b) - end(a));
}

/** The name of a group where room is scarce: `WETH`, `WETH +3`. */
export const groupName = ({ symbol, symbols }: PriceGroup): string =>
  symbols.length === 1 ? symbol : `${symbol} +${symbols.length - 1}`;
