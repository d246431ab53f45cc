import { legsOf, type Book } from '@undertow/book';
import { marketPriceUsd, type Market } from '../market/market.ts';
import type { MarketLosses } from '../result.ts';
import type { Run } from '../run.ts';
import type { State } from '../state.ts';
import type { AccountOutcome } from './account-losses.ts';

/** What an account leaves of debt, as far as markets are told apart by it. */
type MarketOutcome = Pick<AccountOutcome, 'account' | 'shortfallUsd'> & {
  readonly badDebts: readonly Pick<AccountOutcome['badDebts'][number], 'asset' | 'usd'>[];
};

/** Losses in one market and one asset that is owed there, USD. */
interface DebtLoss {
  readonly market: number;
  readonly asset: number;
  badDebtUsd: number;
  shortfallUsd: number;
}

/**
 * Losses by the market in which the debt was taken and the asset that is owed; shortfalls are split over an account's debts by
 * value. Of bad debt in an asset that the account has no debt in, the market is that of its first debt.
 */
function debtLosses(
  { market, end }: { readonly market: Market; readonly end: Pick<State, 'amount' | 'places'> },
  outcomes: Iterable<MarketOutcome>,
): DebtLoss[] {
  const { book } = market;
  const { legs } = book;
  const found = new Map<number, DebtLoss>();
  const of = (row: number, asset: number): DebtLoss => {
    const key = row * book.assets.length + asset;
    const known = found.get(key) ?? { market: row, asset, badDebtUsd: 0, shortfallUsd: 0 };
    found.set(key, known);
    return known;
  };
  const owedUsd = (leg: number) => end.amount[leg]! * marketPriceUsd(market, end.places, legs.asset[leg]!);
  for (const outcome of outcomes) {
    const debts = legsOf(book, outcome.account).filter((leg) => legs.side[leg] === -1);
    for (const { asset, usd } of outcome.badDebts) {
      const leg = debts.find((one) => legs.asset[one] === asset) ?? debts[0];
      if (leg !== undefined) of(legs.market[leg]!, asset).badDebtUsd += usd;
    }
    if (outcome.shortfallUsd === 0) continue;
    const owed = debts.map(owedUsd);
    const all = owed.reduce((sum, usd) => sum + usd, 0);
    for (const [i, leg] of debts.entries())
      of(legs.market[leg]!, legs.asset[leg]!).shortfallUsd += (outcome.shortfallUsd * owed[i]!) / all;
  }
  return [...found.values()];
}

/** Losses by market and what is owed in it, largest first; markets without any are left out. */
export function marketLosses({ world, end }: Run, outcomes: readonly AccountOutcome[]): MarketLosses[] {
  const { book, market } = world;
  return debtLosses({ market, end }, outcomes)
    .filter(({ badDebtUsd, shortfallUsd }) => badDebtUsd + shortfallUsd !== 0)
    .sort((a, b) => a.market - b.market || a.asset - b.asset)
    .map((one) => nameLosses(book, one))
    .sort((a, b) => b.lossUsd - a.lossUsd);
}

function nameLosses({ markets, venues, assets }: Book, loss: DebtLoss): MarketLosses {
  const { venue, id, label } = markets[loss.market]!;
  const { address, symbol } = assets[loss.asset]!;
  const { badDebtUsd, shortfallUsd } = loss;
  return {
    venue: venues[venue]!.id,
    market: id,
    label,
    asset: address,
    symbol,
    badDebtUsd,
    shortfallUsd,
    lossUsd: badDebtUsd + shortfallUsd,
  };
}
