import { aggregateDepth, depthCurve, quoteBetween, type DepthCurve } from '@undertow/liquidity';
import type { Address, Pool } from '@undertow/market';
import type { AssetDepth, BookAsset } from './book.ts';
import { compareText } from './compare-text.ts';
import type { Ledger } from './ledger.ts';
import type { AssetRow } from './rows.ts';

/** How far down depth is measured when the deepest market of an asset is chosen. */
const MEASURED_DROP = 0.1;

/** Assets this near to one dollar can be what others are quoted in before any other asset is. */
const DOLLAR_BAND = 0.05;

/**
 * One curve per asset: all its pools against the one quote where most can be sold within 10 % of the price. An asset
 * is only quoted in what is more like cash than itself (near one dollar first, then in more pools), so that selling
 * through quotes of quotes ends at an asset without a curve: cash.
 *
 * @param cleared see `DraftVenue.clearedAssets`.
 */
export function assetDepth(
  ledger: Ledger,
  assets: readonly Pick<BookAsset, 'address' | 'decimals' | 'oraclePriceUsd' | 'tie'>[],
  cleared: ReadonlySet<Address> = new Set(),
): (AssetDepth | undefined)[] {
  const rowOf = new Map(assets.map(({ address }, row) => [address, row as AssetRow]));
  const pools = [...ledger.reference.pools.values()]
    .filter((pool) => rowOf.has(pool.token0) && rowOf.has(pool.token1))
    .sort((a, b) => compareText(a.address, b.address));
  const rank = cashRank(assets, pools);
  return assets.map((asset, row) => {
    const byQuote = new Map<AssetRow, { readonly pool: Address; readonly curve: DepthCurve }[]>();
    for (const pool of pools) {
      if (pool.token0 !== asset.address && pool.token1 !== asset.address) continue;
      const quote = rowOf.get(pool.token0 === asset.address ? pool.token1 : pool.token0)!;
      if (rank[quote]! >= rank[row]!) continue;
      const state = ledger.pools.get(pool.address);
      const curve = state && depthCurve(state, curveTerms(assets, pool, { asset: row as AssetRow, quote }));
      if (curve) byQuote.set(quote, [...(byQuote.get(quote) ?? []), { pool: pool.address, curve }]);
    }
    const merged = [...byQuote].flatMap(([quote, found]): AssetDepth[] => {
      const curve = aggregateDepth(found.map((one) => one.curve));
      const sources = found.map((one) => `pool ${one.pool}`);
      const fee = cleared.has(asset.address) ? { feeOnQuote: true } : {};
      return curve ? [{ asset: row as AssetRow, quote, ...curve, ...fee, sources, isRequoted: false }] : [];
    });
    const depthUsd = (curve: AssetDepth) => quoteWithin(curve) * assets[curve.quote]!.oraclePriceUsd;
    return merged.toSorted((a, b) => depthUsd(b) - depthUsd(a) || a.quote - b.quote)[0];
  });
}

function curveTerms(
  assets: readonly { readonly address: Address; readonly decimals: number }[],
  pool: Pool,
  rows: { readonly asset: AssetRow; readonly quote: AssetRow },
) {
  const assetIsToken0 = assets[rows.asset]!.address === pool.token0;
  const [row0, row1] = assetIsToken0 ? [rows.asset, rows.quote] : [rows.quote, rows.asset];
  return {
    assetIsToken0,
    decimals0: assets[row0]!.decimals,
    decimals1: assets[row1]!.decimals,
    feePips: pool.feePips,
  };
}

/** Place of each asset in the order of likeness to cash, 0 = most. */
function cashRank(
  assets: readonly Pick<BookAsset, 'address' | 'decimals' | 'oraclePriceUsd' | 'tie'>[],
  pools: readonly Pool[],
): number[] {
  const poolCount = (address: Address) =>
    pools.filter((pool) => pool.token0 === address || pool.token1 === address).length;
  const keys = assets.map(({ address, oraclePriceUsd }, row) => ({
    row,
    isFar: Math.abs(oraclePriceUsd - 1) > DOLLAR_BAND ? 1 : 0,
    pools: poolCount(address),
  }));
  keys.sort((a, b) => a.isFar - b.isFar || b.pools - a.pools || a.row - b.row);
  const rank: number[] = [];
  let place = 0;
  const give = (row: number): void => {
    if (rank[row] !== undefined) return;
    const base = assets[row]!.tie.to;
    // Nothing may be quoted in what is tied to it: each price would follow the other.
    if (base !== undefined) give(base);
    rank[row] = place++;
  };
  for (const { row } of keys) give(row);
  return rank;
}

/** Quote that selling pays out while the price falls by `MEASURED_DROP`. */
function quoteWithin(curve: DepthCurve): number {
  const high = curve.startSqrtPrice;
  return quoteBetween(curve, { low: high * Math.sqrt(1 - MEASURED_DROP), high });
}
