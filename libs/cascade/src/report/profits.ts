import { marketPriceUsd } from '../market/market.ts';
import type { Run } from '../run.ts';

/** What liquidators earn in a run, gas included, USD; negative = they lose. */
export function liquidatorProfitUsd({ world, steps }: Run): number {
  const { liquidators } = world.policies;
  const gasUsd = liquidators.kind === 'unlimited' ? 0 : liquidators.gasUsd;
  let usd = 0;
  for (const { calls } of steps) for (const { profitUsd } of calls) usd += profitUsd - gasUsd;
  return usd;
}

/** What depositors of stability pools get for collateral less what their pools pay for it, USD at the market prices of each call. */
export function depositorProfitUsd({ world: { book, market }, steps }: Run): number {
  let usd = 0;
  for (const { before, calls } of steps) {
    for (const { othersUsd, liquidations } of calls) {
      usd += othersUsd;
      for (const { effects } of liquidations)
        for (const effect of effects) {
          if (effect.kind !== 'fund') continue;
          const { kind, asset } = book.funds[effect.fund]!;
          if (kind === 'stability-pool') usd += effect.amount * marketPriceUsd(market, before.places, asset);
        }
    }
  }
  return usd;
}
