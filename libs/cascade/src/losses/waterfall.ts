import type { FundKind } from '@undertow/market';
import { liquidationsOf } from '../open-round.ts';
import { marketPriceUsd } from '../market/market.ts';
import type { FundUse, Waterfall } from '../result.ts';
import type { Run } from '../run.ts';
import type { AccountOutcome } from './account-losses.ts';

/** Kinds that pay with what they hold; of the others only the worth changes. */
const PAYS: readonly FundKind[] = ['stability-pool', 'insurance-fund'];

/** Every fund of the book, in its order, from before the run to its end. */
export function fundUses({ world, steps, end }: Run, outcomes: readonly AccountOutcome[]): FundUse[] {
  const { book, market } = world;
  const uses = book.funds.map(() => ({ paidUsd: 0, receivedUsd: 0, lossUsd: 0 }));
  const priceOf = (fund: number) => marketPriceUsd(market, end.places, book.funds[fund]!.asset);
  for (const { badDebts } of outcomes)
    for (const { fund, usd } of badDebts) if (fund !== undefined) uses[fund]!.lossUsd += usd;
  for (const { effects } of liquidationsOf(steps))
    for (const effect of effects) {
      if (effect.kind !== 'fund' || !PAYS.includes(book.funds[effect.fund]!.kind)) continue;
      const valueUsd = effect.amount * priceOf(effect.fund);
      if (valueUsd < 0) uses[effect.fund]!.paidUsd -= valueUsd;
      else uses[effect.fund]!.receivedUsd += valueUsd;
    }
  return book.funds.map(({ venue, kind, asset, amount }, row) => ({
    venue: book.venues[venue]!.id,
    fund: kind,
    asset: book.assets[asset]!.address,
    symbol: book.assets[asset]!.symbol,
    before: amount,
    after: end.fundAmount[row]!,
    drawnUsd: (amount - end.fundAmount[row]!) * priceOf(row),
    ...uses[row]!,
  }));
}

/** Who bears the losses of each venue that has some, in the book's order. */
export function waterfallOf({ world: { book } }: Run, outcomes: readonly AccountOutcome[]): Waterfall[] {
  const borne = book.venues.map(() => ({ fund: 0, others: 0, nobody: 0, open: 0 }));
  for (const { account, badDebts, shortfallUsd } of outcomes) {
    const venue = borne[book.accounts.venue[account]!]!;
    venue.open += shortfallUsd;
    for (const { borneBy, usd } of badDebts) venue[borneBy] += usd;
  }
  return borne.flatMap(({ fund, others, nobody, open }, row): Waterfall[] => {
    const lossUsd = fund + others + nobody + open;
    if (lossUsd === 0) return [];
    const venue = book.venues[row]!.id;
    return [{ venue, lossUsd, fundUsd: fund, socialisedUsd: others, leftUsd: nobody, openUsd: open }];
  });
}
