import { valueAccount, type AccountRow, type AssetRow, type Book } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { kernelOf } from '../../kernels.ts';
import { debtLosses, type MarketOutcome } from '../../losses/market-losses.ts';
import { shortfalls, type Shortfall } from '../../losses/shortfalls.ts';
import { reasonOf } from '../../losses/stuck.ts';
import type { State } from '../../state.ts';
import type { Outcome } from '../outcome.ts';
import type { Runner } from './fast-run.ts';
import { NO_RECORD } from './lending-records.ts';
import type { FastRun } from './tally.ts';

/** Adds a run up, as `reportOf` does, from the accounts that something happened to. */
export function outcomeOfRun(runner: Runner, run: FastRun): Outcome {
  const { tally } = run;
  const { book } = run.view;
  const { venue } = book.accounts;
  const stuck = stuckDebts(runner, run);
  const end = endOf(run);
  const short = shortfalls(run.market.market, end, new Set(stuck.keys()), {
    among: runner.mayFallShort(stuck.keys()),
    cashUsd: (asset, amount) => {
      run.market.tryTwo(asset, amount, -1, 0);
      return run.market.cashUsd;
    },
  });
  const outcomes = lossesByAccount(run, short);
  const venueLossUsd = new Float64Array(book.venues.length);
  let badDebtUsd = 0;
  let shortfallUsd = 0;
  let shortfallAtSaleUsd = 0;
  for (const outcome of outcomes.values()) {
    const lostUsd = outcome.badDebts.reduce((sum, { usd }) => sum + usd, 0);
    badDebtUsd += lostUsd;
    shortfallUsd += outcome.shortfallUsd;
    shortfallAtSaleUsd += outcome.shortfallAtSaleUsd;
    venueLossUsd[venue[outcome.account]!]! += lostUsd + outcome.shortfallUsd;
  }
  let stuckUsd = 0;
  for (const debtUsd of stuck.values()) stuckUsd += debtUsd;
  if (!Number.isFinite(tally.liquidatedUsd + tally.repaidUsd + badDebtUsd + shortfallAtSaleUsd + stuckUsd))
    throw new BadDataError('this book and scenario hold numbers so large that their sums are no numbers');
  return {
    accounts: tally.accounts,
    liquidatedUsd: tally.liquidatedUsd,
    repaidUsd: tally.repaidUsd,
    badDebtUsd,
    shortfallUsd,
    shortfallAtSaleUsd,
    lossUsd: badDebtUsd + shortfallUsd,
    lossAtSaleUsd: badDebtUsd + shortfallAtSaleUsd,
    stuckUsd,
    converged: run.converged,
    accountsPerRound: tally.accountsPerRound,
    calls: tally.calls,
    firstRoundUsd: tally.firstRoundUsd,
    venueLiquidatedUsd: tally.venueLiquidatedUsd,
    venueLossUsd,
    ...lossColumns(book, { market: run.market.market, end }, outcomes.values()),
    assetSeized: tally.assetSeized,
    assetToMarket: run.market.toMarket.slice(),
    assetMarketUsd: run.market.marketUsd.slice(),
  };
}

/** Debt of accounts that are due at the end and that nobody liquidates, see `stuckAccounts`. */
function stuckDebts(runner: Runner, { due, view, market }: FastRun): Map<AccountRow, number> {
  const found = new Map<AccountRow, number>();
  const others = new Map<number, AccountRow[]>();
  for (const account of due) {
    const word = runner.recordOf(account);
    if (word !== NO_RECORD) {
      const { healthFactor, debtUsd } = valueAccount(view, account);
      const acceptance = runner.lending.accepts(word, healthFactor, debtUsd);
      if (acceptance !== 'no-collateral') found.set(account, debtUsd);
      continue;
    }
    const venue = view.book.accounts.venue[account]!;
    others.set(venue, [...(others.get(venue) ?? []), account]);
  }
  for (const [venue, accounts] of others) {
    const { rule } = view.book.venues[venue]!;
    for (const claim of rule ? kernelOf(rule).claims(view, accounts) : []) {
      if (reasonOf(market.market, view, claim) === undefined) continue;
      for (const account of claim.accounts) found.set(account, valueAccount(view, account).debtUsd);
    }
  }
  return found;
}

const endOf = ({ view, market }: FastRun): State => ({
  amount: view.amount,
  isTouched: view.isTouched,
  fundAmount: view.fundAmount,
  lots: [],
  places: market.places(),
  moved: market.moved,
  prices: view,
  volatilityFactor: view.volatilityFactor,
  seconds: 0,
});

interface AccountLoss extends MarketOutcome {
  readonly badDebts: { readonly asset: AssetRow; readonly usd: number }[];
  shortfallUsd: number;
  shortfallAtSaleUsd: number;
}

/** Accounts with bad debt or a shortfall. */
function lossesByAccount(
  { tally, market }: FastRun,
  short: readonly Shortfall[],
): Map<AccountRow, AccountLoss> {
  const found = new Map<AccountRow, AccountLoss>();
  const countedUsd = new Map<AccountRow, number>();
  const of = (account: AccountRow): AccountLoss => {
    const known = found.get(account) ?? { account, badDebts: [], shortfallUsd: 0, shortfallAtSaleUsd: 0 };
    found.set(account, known);
    return known;
  };
  for (const { account: row, asset, amount, isLeft } of tally.lost) {
    const account = row as AccountRow;
    const usd = amount * market.marketUsd[asset]!;
    of(account).badDebts.push({ asset: asset as AssetRow, usd });
    if (isLeft) countedUsd.set(account, (countedUsd.get(account) ?? 0) + usd);
  }
  for (const { account, usd, atSaleUsd } of short) {
    // Debt that stays on an account without collateral is bad debt already.
    const counted = countedUsd.get(account) ?? 0;
    of(account).shortfallUsd = Math.max(0, usd - counted);
    of(account).shortfallAtSaleUsd = Math.max(0, atSaleUsd - counted);
  }
  return found;
}

function lossColumns(
  { markets, assets }: Book,
  at: Parameters<typeof debtLosses>[0],
  outcomes: Iterable<MarketOutcome>,
): Pick<Outcome, 'marketLossUsd' | 'assetLossUsd'> {
  const marketLossUsd = new Float64Array(markets.length);
  const assetLossUsd = new Float64Array(assets.length);
  for (const { market, asset, badDebtUsd, shortfallUsd } of debtLosses(at, outcomes)) {
    marketLossUsd[market]! += badDebtUsd + shortfallUsd;
    assetLossUsd[asset]! += badDebtUsd + shortfallUsd;
  }
  return { marketLossUsd, assetLossUsd };
}
