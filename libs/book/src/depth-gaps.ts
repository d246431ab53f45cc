import type { AssetDepth, Book, BookAsset } from './book.ts';
import type { CoverageGap } from './coverage.ts';

/** Collateral that nobody could buy: neither it nor what it can be exchanged for has a market. */
export function depthGaps(
  {
    assets,
    references,
    oracles,
    legs,
  }: Pick<Book, 'references' | 'oracles' | 'legs'> & {
    readonly assets: readonly Pick<BookAsset, 'tie' | 'reference' | 'symbol'>[];
  },
  depth: readonly (AssetDepth | undefined)[],
): CoverageGap[] {
  const quotes = new Set<number | undefined>(depth.map((curve) => curve?.quote));
  const holders = new Map<number, number>();
  const isSellable = (asset: number): boolean => {
    const { tie, reference } = assets[asset]!;
    if (depth[asset] || quotes.has(asset)) return true;
    if (tie.kind === 'none' || tie.capacity === 0) return false;
    return tie.to === undefined ? references[reference]!.symbol === 'USD' : isSellable(tie.to);
  };
  for (let leg = 0; leg < legs.count; leg++) {
    const asset = legs.asset[leg]!;
    // What a venue takes at a constant price is its cash, which nobody needs to sell.
    const isCash = oracles[legs.oracle[leg]!]!.formula.terms.length === 0;
    if (!isCash && legs.liquidationThreshold[leg]! > 0 && !isSellable(asset))
      holders.set(asset, (holders.get(asset) ?? 0) + 1);
  }
  const reason = 'no known market: nobody buys what is seized of it';
  return [...holders].map(([asset, count]) => ({
    kind: 'asset',
    source: assets[asset]!.symbol,
    reason,
    count,
    unit: 'account',
    debtUsd: undefined,
  }));
}
