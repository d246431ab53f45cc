import type { AccountRow, AssetRow, FundRow } from '@undertow/book';
import type { BorneBy } from '../kernel.ts';
import { liquidationsOf } from '../open-round.ts';
import { marketPriceUsd } from '../market/market.ts';
import type { Losses, StuckReason } from '../result.ts';
import type { Run } from '../run.ts';
import { shortfalls } from './shortfalls.ts';
import { stuckAccounts } from './stuck.ts';

/** Debt that one liquidation left without collateral, USD at the final market prices. */
export interface BadDebt {
  readonly asset: AssetRow;
  readonly usd: number;
  readonly borneBy: BorneBy;
  readonly fund: FundRow | undefined;
}

/** All that happened to one account of a run. */
export interface AccountOutcome {
  readonly account: AccountRow;
  /** Undefined when it was never liquidated. */
  readonly firstRound: number | undefined;
  readonly liquidatedUsd: number;
  readonly repaidUsd: number;
  readonly badDebts: readonly BadDebt[];
  readonly shortfallUsd: number;
  readonly shortfallAtSaleUsd: number;
  readonly stuck: { readonly reason: StuckReason; readonly debtUsd: number } | undefined;
}

/** Every account that was liquidated, falls short or is stuck, in the book's order. */
export function accountOutcomes(run: Run): AccountOutcome[] {
  const { world, steps, end, lookedAt } = run;
  const found = new Map<AccountRow, Draft>();
  const draftOf = (account: AccountRow): Draft => {
    const known = found.get(account) ?? emptyDraft(account);
    found.set(account, known);
    return known;
  };
  for (const [i, { calls }] of steps.entries()) {
    for (const { account, repaidUsd, seizedUsd, effects } of liquidationsOf([{ calls }])) {
      const draft = draftOf(account);
      draft.firstRound ??= i + 1;
      draft.repaidUsd += repaidUsd;
      draft.liquidatedUsd += seizedUsd;
      for (const effect of effects) {
        if (effect.kind !== 'badDebt') continue;
        const usd = effect.amount * marketPriceUsd(world.market, end.places, effect.asset);
        const fund = effect.borneBy === 'fund' ? effect.fund : undefined;
        draft.badDebts.push({ asset: effect.asset, usd, borneBy: effect.borneBy, fund });
      }
    }
  }
  const stuck = stuckAccounts(world, end, lookedAt?.due);
  for (const { account, reason, debtUsd } of stuck) draftOf(account).stuck = { reason, debtUsd };
  const due = new Set(stuck.map(({ account }) => account));
  const short = shortfalls(world.market, end, due, lookedAt ? { among: lookedAt.short } : {});
  for (const { account, usd, atSaleUsd } of short) {
    const draft = draftOf(account);
    // Debt that stays on an account without collateral is bad debt already.
    const counted = draft.badDebts.reduce((sum, lost) => sum + (lost.borneBy === 'nobody' ? lost.usd : 0), 0);
    draft.shortfallUsd = Math.max(0, usd - counted);
    draft.shortfallAtSaleUsd = Math.max(0, atSaleUsd - counted);
  }
  return [...found.values()].sort((a, b) => a.account - b.account);
}

type Draft = { -readonly [Key in keyof AccountOutcome]: AccountOutcome[Key] } & { badDebts: BadDebt[] };

const emptyDraft = (account: AccountRow): Draft => ({
  account,
  firstRound: undefined,
  liquidatedUsd: 0,
  repaidUsd: 0,
  badDebts: [],
  shortfallUsd: 0,
  shortfallAtSaleUsd: 0,
  stuck: undefined,
});

/** Losses of some accounts, added up. */
export function sumLosses(outcomes: readonly AccountOutcome[]): Losses {
  let accounts = 0;
  let liquidatedUsd = 0;
  let repaidUsd = 0;
  let badDebtUsd = 0;
  let shortfallUsd = 0;
  let shortfallAtSaleUsd = 0;
  let stuckUsd = 0;
  for (const one of outcomes) {
    if (one.firstRound !== undefined) accounts += 1;
    liquidatedUsd += one.liquidatedUsd;
    repaidUsd += one.repaidUsd;
    for (const { usd } of one.badDebts) badDebtUsd += usd;
    shortfallUsd += one.shortfallUsd;
    shortfallAtSaleUsd += one.shortfallAtSaleUsd;
    stuckUsd += one.stuck?.debtUsd ?? 0;
  }
  return {
    accounts,
    liquidatedUsd,
    repaidUsd,
    badDebtUsd,
    shortfallUsd,
    shortfallAtSaleUsd,
    lossUsd: badDebtUsd + shortfallUsd,
    lossAtSaleUsd: badDebtUsd + shortfallAtSaleUsd,
    stuckUsd,
  };
}
