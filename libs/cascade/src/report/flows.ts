import type { Market } from '../market/market.ts';
import type { AssetFlow } from '../result.ts';
import type { Run } from '../run.ts';

/**
 * What each venue's calls brought to each asset's market, in the book's order; rows without any are left out. Cash is in none of
 * them: it has no market, as it is what others are sold for.
 */
export function assetFlows({ world, steps }: Run): AssetFlow[] {
  const { book, market } = world;
  const landsOn = book.assets.map((_, row) => landingOf(market, row));
  const cells = book.venues.map(() => book.assets.map(() => ({ soldUsd: 0, boughtUsd: 0 })));
  for (const { calls } of steps)
    for (const { venue, flows, marketBeforeUsd } of calls)
      for (const { asset, amount } of flows) {
        if (market.isCash[landsOn[asset]!]) continue;
        const valueUsd = amount * marketBeforeUsd[market.tree.references + asset]!;
        const cell = cells[venue]![landsOn[asset]!]!;
        if (valueUsd > 0) cell.soldUsd += valueUsd;
        else cell.boughtUsd -= valueUsd;
      }
  return cells.flatMap((row, venue) =>
    row.flatMap((cell, asset): AssetFlow[] => {
      if (cell.soldUsd === 0 && cell.boughtUsd === 0) return [];
      const { address, symbol } = book.assets[asset]!;
      return [{ venue: book.venues[venue]!.id, asset: address, symbol, ...cell }];
    }),
  );
}

/** The asset on whose market a sale ends: what it is exchanged for, as far as it is. */
function landingOf({ exchange }: Market, row: number): number {
  let at = row;
  for (let to = exchange[at]; typeof to === 'number'; to = exchange[at]) at = to;
  return at;
}
