import {
  isLiquidatableExact,
  valueAccount,
  type AccountRow,
  type AssetRow,
  type FundRow,
  type LegRow,
} from '@undertow/book';
import type { Effect, Liquidation, Rule, View } from './rule.ts';

/** Health factors this near to 1 are decided by exact integers; float error is below 1e-14. */
const BAND = 1e-9;

/**
 * Rule of collateralised debt positions with a stability pool. What is due is liquidated whole, riskiest first, in one
 * batch: the liquidator gets a part of the collateral; the pool pays the debt and takes the collateral while it lasts, in
 * proportion; the rest of both goes to the positions that are left, by stake. Depositors sell the collateral at once,
 * and so does the liquidator. The last position of all is never liquidated.
 *
 * A loss is debt above the collateral that came with it: the pool's depositors bear it, or the other positions do.
 *
 * Source: the exact integer versions in libs/market, `cdpBatch` and `redistribute`.
 */
export const stabilityPool: Rule = { isDue, liquidate };

function isDue(view: View, account: AccountRow): boolean {
  const { healthFactor, debtUsd } = valueAccount(view, account, false);
  if (debtUsd <= 0) return false;
  if (view.exactAnswers && Math.abs(healthFactor - 1) < BAND)
    return isLiquidatableExact(view.book, account, view.exactAnswers);
  return healthFactor < 1;
}

function liquidate(view: View, due: readonly AccountRow[]): Liquidation[] {
  const venue = view.book.accounts.venue[due[0] ?? 0]!;
  const open = due.length === 0 ? [] : openPositions(view, venue);
  const isDueNow = new Set(due);
  const ordered = open.filter(({ account }) => isDueNow.has(account)).sort(byRisk);
  const others = open.filter(({ account }) => !isDueNow.has(account));
  if (others.length === 0) others.push(...ordered.splice(-1));
  const pool = openPool(view, venue);
  const rest = { collateral: 0, debt: 0 };
  const done = ordered.map((position) => liquidateOne(view, position, { pool, rest }));
  const last = done.at(-1);
  if (!last || rest.debt === 0) return done;
  // One batch is one transaction: all that it redistributes enters the other positions at its end.
  return [...done.slice(0, -1), { ...last, effects: [...last.effects, ...redistribution(others, rest)] }];
}

/** A position: a leg of collateral, and then one of debt. */
interface Position {
  readonly account: AccountRow;
  readonly collateralLeg: LegRow;
  readonly debtLeg: LegRow;
  readonly collateral: number;
  readonly debt: number;
  readonly collateralUsd: number;
  readonly debtUsd: number;
  readonly stake: number;
}

function openPositions({ book, amount, oraclePriceUsd }: View, venue: number): Position[] {
  const { accounts, legs, exact } = book;
  const positions: Position[] = [];
  for (let row = 0; row < accounts.count; row++) {
    if (accounts.venue[row] !== venue) continue;
    const [collateralLeg, debtLeg] = [accounts.legStart[row]!, accounts.legStart[row + 1]! - 1];
    const [collateral, debt] = [amount[collateralLeg]!, amount[debtLeg]!];
    if (debt <= 0) continue;
    positions.push({
      ...{ account: row as AccountRow, collateralLeg: collateralLeg as LegRow, debtLeg: debtLeg as LegRow },
      ...{ collateral, debt, stake: Number(exact.accountState[row]![0]!) },
      collateralUsd: collateral * oraclePriceUsd[legs.oracle[collateralLeg]!]!,
      debtUsd: debt * oraclePriceUsd[legs.oracle[debtLeg]!]!,
    });
  }
  return positions;
}

/** By collateral ÷ debt, lowest first; of equals the first in the book. */
const byRisk = (a: Position, b: Position) =>
  a.collateralUsd * b.debtUsd - b.collateralUsd * a.debtUsd || a.account - b.account;

/** What the venue's fund holds while a batch is under way; a venue without one has an empty one. */
interface Pool {
  readonly row: FundRow | undefined;
  left: number;
}

function openPool({ book, fundAmount }: View, venue: number): Pool {
  const row = book.funds.findIndex((fund) => fund.venue === venue && fund.kind === 'stability-pool');
  if (row === -1) return { row: undefined, left: 0 };
  return { row: row as FundRow, left: Math.max(0, fundAmount[row]!) };
}

/** Takes from `pool` and adds to `rest` what is to be redistributed. */
function liquidateOne(
  { book }: View,
  position: Position,
  batch: { readonly pool: Pool; readonly rest: { collateral: number; debt: number } },
): Liquidation {
  const { pool, rest } = batch;
  const { collateral, debt, collateralUsd, debtUsd } = position;
  const { legs, exact } = book;
  const divisor = Number(exact.marketState[legs.market[position.collateralLeg]!]![2]!);
  const shared = collateral - collateral / divisor;
  const paid = Math.min(debt, pool.left);
  const taken = paid === debt ? shared : (shared * paid) / debt;
  pool.left -= paid;
  rest.collateral += shared - taken;
  rest.debt += debt - paid;
  const asset = {
    collateral: legs.asset[position.collateralLeg]! as AssetRow,
    debt: legs.asset[position.debtLeg]! as AssetRow,
  };
  const coveredShare = (collateralUsd * (1 - 1 / divisor)) / debtUsd;
  const lossOf = (part: number) => Math.max(0, part * (1 - coveredShare));
  const loss = { kind: 'badDebt', asset: asset.debt } as const;
  const byPool = (
    fund: FundRow,
    { paid: amount, lost }: { readonly paid: number; readonly lost: number },
  ): Effect[] => [
    { kind: 'fund', fund, amount: -amount },
    ...(lost > 0 ? [{ ...loss, amount: lost, bornBy: 'fund', fund } as const] : []),
  ];
  const effects: Effect[] = [
    { kind: 'leg', leg: position.collateralLeg, delta: -collateral },
    { kind: 'leg', leg: position.debtLeg, delta: -debt },
    { kind: 'sell', asset: asset.collateral, amount: collateral - shared + taken },
    ...(pool.row === undefined || paid === 0 ? [] : byPool(pool.row, { paid, lost: lossOf(paid) })),
    ...(lossOf(debt - paid) > 0 ? [{ ...loss, amount: lossOf(debt - paid), bornBy: 'others' } as const] : []),
  ];
  return {
    account: position.account,
    repaidUsd: (debtUsd * paid) / debt,
    seizedUsd: collateralUsd,
    effects,
  };
}

/** What other positions take over, by stake; in equal parts if none has one. */
function redistribution(
  others: readonly Position[],
  rest: { readonly collateral: number; readonly debt: number },
): Effect[] {
  const stakes = others.reduce((sum, { stake }) => sum + stake, 0);
  return others.flatMap(({ collateralLeg, debtLeg, stake }): Effect[] => {
    const share = stakes === 0 ? 1 / others.length : stake / stakes;
    return [
      { kind: 'leg', leg: collateralLeg, delta: rest.collateral * share },
      { kind: 'leg', leg: debtLeg, delta: rest.debt * share },
    ];
  });
}
