import type { Book } from '@undertow/book';
import type { Shortfall } from '../../losses/shortfalls.ts';
import type { FastRun } from './tally.ts';

/** Bad debt and shortfalls, and whose they are; see `debtLosses` for the markets. */
export function lossesOf({ tally, market, view }: FastRun, short: readonly Shortfall[]) {
  const { book, amount } = view;
  const { legs, accounts } = book;
  const { marketUsd } = market;
  const losses = {
    badDebtUsd: 0,
    shortfallUsd: 0,
    shortfallAtSaleUsd: 0,
    venueLossUsd: new Float64Array(book.venues.length),
    marketLossUsd: new Float64Array(book.markets.length),
    assetLossUsd: new Float64Array(book.assets.length),
  };
  // Debt that stays on an account without collateral is bad debt already, and not a shortfall besides.
  const countedUsd = new Map<number, number>(short.map(({ account }) => [account, 0]));
  for (const { account, asset, amount: units, isLeft } of tally.lost) {
    const usd = units * marketUsd[asset]!;
    losses.badDebtUsd += usd;
    losses.venueLossUsd[accounts.venue[account]!]! += usd;
    if (isLeft && countedUsd.has(account)) countedUsd.set(account, countedUsd.get(account)! + usd);
    const leg = debtIn(book, account, asset);
    if (leg === undefined) continue;
    losses.marketLossUsd[legs.market[leg]!]! += usd;
    losses.assetLossUsd[asset]! += usd;
  }
  for (const { account, usd, atSaleUsd } of short) {
    const counted = countedUsd.get(account)!;
    const shortfallUsd = Math.max(0, usd - counted);
    losses.shortfallUsd += shortfallUsd;
    losses.shortfallAtSaleUsd += Math.max(0, atSaleUsd - counted);
    losses.venueLossUsd[accounts.venue[account]!]! += shortfallUsd;
    if (shortfallUsd === 0) continue;
    const first = accounts.legStart[account]!;
    const end = accounts.legStart[account + 1]!;
    let owedUsd = 0;
    for (let leg = first; leg < end; leg++)
      if (legs.side[leg] === -1) owedUsd += amount[leg]! * marketUsd[legs.asset[leg]!]!;
    for (let leg = first; leg < end; leg++) {
      if (legs.side[leg] !== -1) continue;
      const asset = legs.asset[leg]!;
      const partUsd = (shortfallUsd * (amount[leg]! * marketUsd[asset]!)) / owedUsd;
      losses.marketLossUsd[legs.market[leg]!]! += partUsd;
      losses.assetLossUsd[asset]! += partUsd;
    }
  }
  return losses;
}

/** The debt of an account in an asset, or else its first. */
function debtIn({ accounts, legs }: Book, account: number, asset: number): number | undefined {
  let first: number | undefined;
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
    if (legs.side[leg] !== -1) continue;
    if (legs.asset[leg] === asset) return leg;
    first ??= leg;
  }
  return first;
}
