import { legsOf, type Book } from '@undertow/book';
import { marketPriceUsd } from '../market/market.ts';
import type { MarketLosses } from '../result.ts';
import type { Run } from '../run.ts';
import type { AccountOutcome } from './account-losses.ts';

/** Losses by the market in which the debt was taken, largest first; markets without any are left out. */
export function marketLosses(run: Run, outcomes: readonly AccountOutcome[]): MarketLosses[] {
  const { book } = run.world;
  const badDebtUsd = new Float64Array(book.markets.length);
  const shortfallUsd = new Float64Array(book.markets.length);
  const assetOf = new Map<number, number>();
  for (const outcome of outcomes) {
    const debts = legsOf(book, outcome.account).filter((leg) => book.legs.side[leg] === -1);
    for (const leg of debts) assetOf.set(book.legs.market[leg]!, book.legs.asset[leg]!);
    for (const { asset, usd } of outcome.badDebts) {
      const leg = debts.find((one) => book.legs.asset[one] === asset) ?? debts[0];
      if (leg !== undefined) badDebtUsd[book.legs.market[leg]!]! += usd;
    }
    if (outcome.shortfallUsd === 0) continue;
    const owed = debts.map((leg) => owedUsd(run, leg));
    const all = owed.reduce((sum, usd) => sum + usd, 0);
    for (const [i, leg] of debts.entries())
      shortfallUsd[book.legs.market[leg]!]! += (outcome.shortfallUsd * owed[i]!) / all;
  }
  return book.markets
    .flatMap((market, row): MarketLosses[] => {
      const lossUsd = badDebtUsd[row]! + shortfallUsd[row]!;
      return lossUsd === 0
        ? []
        : [
            nameLosses(book, row, {
              asset: assetOf.get(row)!,
              badDebtUsd: badDebtUsd[row]!,
              shortfallUsd: shortfallUsd[row]!,
              lossUsd,
            }),
          ];
    })
    .sort((a, b) => b.lossUsd - a.lossUsd);
}

function owedUsd({ world, end }: Run, leg: number): number {
  const { legs } = world.book;
  return end.amount[leg]! * marketPriceUsd(world.market, end.places, legs.asset[leg]!);
}

function nameLosses(
  { markets, venues, assets }: Book,
  row: number,
  {
    asset,
    ...losses
  }: { readonly asset: number } & Pick<MarketLosses, 'badDebtUsd' | 'shortfallUsd' | 'lossUsd'>,
): MarketLosses {
  const { venue, id, label } = markets[row]!;
  const { address, symbol } = assets[asset]!;
  return { venue: venues[venue]!.id, market: id, label, asset: address, symbol, ...losses };
}
