import { valueAccount, type AccountRow } from '@undertow/book';
import { BadDataError } from '@undertow/units';
import { kernelOf } from '../../kernels.ts';
import { shortfalls } from '../../losses/shortfalls.ts';
import { reasonOf } from '../../losses/stuck.ts';
import type { State } from '../../state.ts';
import type { Outcome } from '../outcome.ts';
import type { Runner } from './fast-run.ts';
import { NO_RECORD } from './lending-records.ts';
import { lossesOf } from './run-losses.ts';
import type { FastRun } from './tally.ts';

/** Adds a run up, as `reportOf` does, from the accounts that something happened to. */
export function outcomeOfRun(runner: Runner, run: FastRun): Outcome {
  const { tally } = run;
  const stuck = stuckDebts(runner, run);
  const end = endOf(run);
  const short = shortfalls(run.market.market, end, new Set(stuck.keys()), {
    among: runner.mayFallShort(stuck.keys()),
    cashUsd: (asset, amount) => {
      run.market.tryTwo(asset, amount, -1, 0);
      return run.market.cashUsd;
    },
  });
  const losses = lossesOf(run, short);
  const { badDebtUsd, shortfallUsd, shortfallAtSaleUsd } = losses;
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
    venueLossUsd: losses.venueLossUsd,
    marketLossUsd: losses.marketLossUsd,
    assetLossUsd: losses.assetLossUsd,
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
