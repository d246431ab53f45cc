import { isConstantOracle, type Book } from '@undertow/book';
import type { Address } from '@undertow/market';

/** What a row of a heatmap moves. */
export type MovedName =
  | { readonly kind: 'reference'; readonly symbol: string }
  | { readonly kind: 'asset'; readonly asset: Address };

/**
 * What may fall and take backing from some account (collateral, positions held, what options are on), or rise and add to what
 * some account owes: every reference that such an asset belongs to, and every such asset that has a market price of its own
 * beside its reference's. What a venue takes at a constant price cannot move there.
 */
export function assetsAtRisk(book: Book): MovedName[] {
  const { assets, references, legs, instruments, oracles } = book;
  const found = new Set<number>();
  for (let leg = 0; leg < legs.count; leg++) {
    const canMove = !isConstantOracle(book, oracles[legs.oracle[leg]!]!);
    const counts = legs.side[leg] === -1 || legs.liquidationThreshold[leg]! > 0;
    if (counts && canMove) found.add(legs.asset[leg]!);
    const series = instruments[legs.instrument[leg]!];
    if (series) found.add(oracles[series.underlying]!.asset);
  }
  const rows = assets.map((_, row) => row).filter((row) => found.has(row));
  const families = references.flatMap(({ symbol }, row): MovedName[] => {
    const isMoved = symbol !== 'USD' && rows.some((asset) => assets[asset]!.reference === row);
    return isMoved ? [{ kind: 'reference', symbol }] : [];
  });
  const alone = rows.flatMap((row): MovedName[] => {
    const { tie, reference } = assets[row]!;
    const isReference = tie.to === undefined && tie.kind !== 'pegged' && tie.kind !== 'redeemable';
    const isFollowed = book.feeds.some(({ over }) => over.kind === 'asset' && over.row === row);
    return !isReference && (isFollowed || references[reference]!.symbol === 'USD')
      ? [{ kind: 'asset', asset: assets[row]!.address }]
      : [];
  });
  return [...families, ...alone];
}
