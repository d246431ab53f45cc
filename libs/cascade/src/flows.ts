import type { Run } from './report.ts';
import type { AssetFlow } from './result.ts';

/** What each venue's liquidations brought to each asset's market, in the book's order; rows without any are left out. */
export function assetFlows({ book, links, rounds }: Run): AssetFlow[] {
  const { accounts, assets, depth } = book;
  const landsOn = assets.map((_, row) => {
    let at = row;
    while (!depth[at] && links.soldFor[at] !== undefined) at = links.soldFor[at]!;
    return at;
  });
  const cells = book.venues.map(() => assets.map(() => ({ soldUsd: 0, boughtUsd: 0 })));
  for (const { liquidations, priceBeforeUsd } of rounds) {
    for (const { account, effects } of liquidations) {
      for (const effect of effects) {
        if (effect.kind !== 'sell' && effect.kind !== 'buy') continue;
        const cell = cells[accounts.venue[account]!]![landsOn[effect.asset]!]!;
        const side = effect.kind === 'sell' ? 'soldUsd' : 'boughtUsd';
        cell[side] += effect.amount * priceBeforeUsd[effect.asset]!;
      }
    }
  }
  return cells.flatMap((row, venue) =>
    row.flatMap((cell, asset): AssetFlow[] => {
      if (cell.soldUsd === 0 && cell.boughtUsd === 0) return [];
      const { address, symbol } = assets[asset]!;
      return [{ venue: book.venues[venue]!.id, asset: address, symbol, ...cell }];
    }),
  );
}
