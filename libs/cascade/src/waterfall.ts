import type { FundKind } from '@undertow/market';
import type { Run } from './report.ts';
import type { FundUse, Waterfall } from './result.ts';
import type { BornBy } from './rule.ts';

/** Kinds that pay with what they hold; of the others only the worth changes. */
const PAYS: readonly FundKind[] = ['stability-pool', 'insurance-fund'];

/** Every fund of the book, in its order, from before the run to its end. */
export function fundUses({ book, rounds, fundAmount, finalPriceUsd }: Run): FundUse[] {
  const uses = book.funds.map(() => ({ paidUsd: 0, receivedUsd: 0, lossUsd: 0 }));
  for (const effect of rounds.flatMap(({ liquidations }) => liquidations.flatMap(({ effects }) => effects))) {
    if (effect.kind === 'badDebt' && effect.bornBy === 'fund')
      uses[effect.fund]!.lossUsd += effect.amount * finalPriceUsd[effect.asset]!;
    if (effect.kind !== 'fund' || !PAYS.includes(book.funds[effect.fund]!.kind)) continue;
    const valueUsd = effect.amount * finalPriceUsd[book.funds[effect.fund]!.asset]!;
    if (valueUsd < 0) uses[effect.fund]!.paidUsd -= valueUsd;
    else uses[effect.fund]!.receivedUsd += valueUsd;
  }
  return book.funds.map(({ venue, kind, asset, amount }, row) => ({
    venue: book.venues[venue]!.id,
    fund: kind,
    asset: book.assets[asset]!.address,
    symbol: book.assets[asset]!.symbol,
    before: amount,
    after: fundAmount[row]!,
    drawnUsd: (amount - fundAmount[row]!) * finalPriceUsd[asset]!,
    ...uses[row]!,
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
