import type { HandMadeAsset } from '../../libs/cascade/src/fixtures/hand-made-book.ts';

/** What moves together. */
export type Cluster = 'dollar' | 'ether' | 'bitcoin' | 'other';

export interface SyntheticAsset extends HandMadeAsset {
  readonly cluster: Cluster;
  /** How often it is collateral, and how often it is owed: only ratios count. */
  readonly asCollateral: number;
  readonly asDebt: number;
}

/** Weights of the clusters, and how steeply an asset is less used than the one before it in its cluster. */
const CLUSTERS: Readonly<
  Record<
    Cluster,
    { readonly count: number; readonly collateral: number; readonly debt: number; readonly power: number }
  >
> = {
  dollar: { count: 8, collateral: 0.12, debt: 0.77, power: 1.2 },
  ether: { count: 8, collateral: 0.46, debt: 0.15, power: 1.2 },
  bitcoin: { count: 4, collateral: 0.22, debt: 0.03, power: 1.2 },
  other: { count: 44, collateral: 0.2, debt: 0.05, power: 1 },
};

/**
 * 64 assets as lending venues have them: dollars held at their peg, ether and bitcoin with tokens that are redeemed for them, and
 * tokens that move by themselves. Depth is set later, when it is known how much of each is collateral.
 */
export function syntheticAssets(): SyntheticAsset[] {
  const assets: SyntheticAsset[] = [];
  for (const [cluster, { count, collateral, debt, power }] of Object.entries(CLUSTERS)) {
    const shares = Array.from({ length: count }, (_, i) => 1 / (i + 1) ** power);
    const sum = shares.reduce((total, one) => total + one, 0);
    for (const [i, share] of shares.entries())
      assets.push({
        ...assetOf(cluster as Cluster, i),
        cluster: cluster as Cluster,
        asCollateral: (collateral * share) / sum,
        asDebt: (debt * share) / sum,
      });
  }
  return assets;
}

function assetOf(cluster: Cluster, i: number): HandMadeAsset {
  switch (cluster) {
    case 'dollar':
      return { symbol: i === 0 ? 'USDC' : `USD${i}`, priceUsd: 1, decimals: i < 2 ? 6 : 18, tie: {} };
    case 'ether':
      if (i === 0) return { symbol: 'WETH', priceUsd: 3_000, decimals: 18, feeRatio: 0.000_5 };
      return {
        symbol: `stETH${i}`,
        priceUsd: 3_000 * (1 + i / 20),
        decimals: 18,
        tie: { to: 'WETH' },
        oracle: 'rate',
      };
    case 'bitcoin':
      if (i === 0) return { symbol: 'WBTC', priceUsd: 60_000, decimals: 8, feeRatio: 0.000_5 };
      return { symbol: `BTC${i}`, priceUsd: 60_000, decimals: 8, tie: { to: 'WBTC' }, oracle: 'rate' };
    case 'other':
      return { symbol: `ALT${i}`, priceUsd: 0.5 * (i + 1), decimals: 18, feeRatio: 0.003 };
  }
}
