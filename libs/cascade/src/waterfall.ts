import type { Run } from './report.ts';
import type { FundUse, Waterfall } from './result.ts';
import type { BornBy } from './rule.ts';

/** Every fund of the book, in its order, from before the run to its end. */
export function fundUses({ book, fundAmount, finalPriceUsd }: Run): FundUse[] {
  return book.funds.map(({ venue, kind, asset, amount }, row) => ({
    venue: book.venues[venue]!.id,
    fund: kind,
    asset: book.assets[asset]!.address,
    symbol: book.assets[asset]!.symbol,
    before: amount,
    after: fundAmount[row]!,
    drawnUsd: (amount - fundAmount[row]!) * finalPriceUsd[asset]!,
  }));
}

/** Who bore the losses of each venue that has some, in the book's order. */
export function waterfallOf({ book, rounds, finalPriceUsd }: Run): Waterfall[] {
  const born = book.venues.map((): Record<BornBy, number> => ({ fund: 0, others: 0, nobody: 0 }));
  for (const { liquidations } of rounds) {
    for (const { account, effects } of liquidations) {
      for (const effect of effects) {
        if (effect.kind !== 'badDebt') continue;
        born[book.accounts.venue[account]!]![effect.bornBy] += effect.amount * finalPriceUsd[effect.asset]!;
      }
    }
  }
  return born.flatMap(({ fund, others, nobody }, row): Waterfall[] => {
    const lossUsd = fund + others + nobody;
    if (lossUsd === 0) return [];
    const venue = book.venues[row]!.id;
    return [{ venue, lossUsd, fundUsd: fund, socialisedUsd: others, leftUsd: nobody }];
  });
}
