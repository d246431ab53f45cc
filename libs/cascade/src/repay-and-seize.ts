import {
  isLiquidatableExact,
  valueAccount,
  type AccountRow,
  type AccountValue,
  type AssetRow,
  type FundRow,
  type LegRow,
} from '@undertow/book';
import type { Effect, Liquidation, Rule, View } from './rule.ts';

/** How a venue's release differs from others that let a liquidator repay debt and seize collateral. */
export interface RepayAndSeizeTerms {
  /** The average threshold is floored to whole basis points before the health factor is taken (Aave before 3.4). */
  readonly floorsAverageThreshold: boolean;
  /**
   * Largest share of the debt that one call may repay. `of-market`: of one debt, whatever the health factor, as its market
   * says; supply may be seized then whether it backs the account or not, and nobody bothers for less than a cent.
   */
  readonly closeFactor: 'half-of-debt-asset' | 'half-of-all-debt' | 'all' | 'of-market';
  /**
   * What becomes of debt when no collateral is left: written off against lenders at once; written off, but recorded as a
   * deficit that the venue is still to cover; or left on the account.
   */
  readonly badDebt: 'socialised' | 'deficit' | 'left';
}

/** Above this health factor the close factor limits a call. Aave v3 `CLOSE_FACTOR_HF_THRESHOLD`. */
const FULL_CLOSE_HEALTH_FACTOR = 0.95;

/** Below this value of debt or collateral a call may close all. Aave 3.6 `MIN_BASE_MAX_CLOSE_FACTOR_THRESHOLD`. */
const SMALL_POSITION_USD = 2_000;

/** What a partial call must leave on both sides. Aave 3.6 `MIN_LEFTOVER_BASE`. */
const LEAST_LEFTOVER_USD = 1_000;

/**
 * Health factors this near to 1 are decided by exact integers. Float error against Aave's integers: below 3e-9, but
 * where the average threshold is floored, an average a hair from a whole basis point may fall to either side, which is
 * 1 ÷ threshold in basis points. Measured on 100,000 synthetic accounts, 2026.
 */
const BAND = 1e-6;
const BAND_WITH_FLOOR = 5e-4;

/** Where a market says the close factor: collateral worth less than this is left alone. Ours: what rounding leaves. */
const LEAST_SEIZED_USD = 0.01;

/** USD by which the venues' own rounding (to 1e-8 USD, or to a raw unit of a 6-decimals token) may move a side. */
const ROUNDING_USD = 1e-5;

/**
 * Rule of venues where a liquidator repays debt and takes collateral at the oracle price plus a bonus: Aave v3 and its
 * forks, Morpho. The liquidator repays as much as is allowed of the account's largest debt against its largest
 * collateral, by value at oracle prices (the first leg when equal). Collateral sets the limit when it is short. Part
 * of the bonus may stay with the protocol, which does not sell it.
 *
 * Source: the exact integer versions in libs/market, `pooledLiquidation` and `largestPairLiquidation`.
 */
export function repayAndSeize(terms: RepayAndSeizeTerms): Rule {
  return {
    isDue: (view, account) => isDue(terms, view, account),
    liquidate: (view, due) => due.flatMap((account) => liquidate(terms, view, account) ?? []),
  };
}

function isDue(terms: RepayAndSeizeTerms, view: View, account: AccountRow): boolean {
  const { healthFactor, debtUsd } = valueAccount(view, account, terms.floorsAverageThreshold);
  if (debtUsd <= 0) return false;
  if (view.exactAnswers) {
    const band = (terms.floorsAverageThreshold ? BAND_WITH_FLOOR : BAND) + ROUNDING_USD / debtUsd;
    if (Math.abs(healthFactor - 1) < band) return isLiquidatableExact(view.book, account, view.exactAnswers);
  }
  return healthFactor < 1;
}

function liquidate(terms: RepayAndSeizeTerms, view: View, account: AccountRow): Liquidation | undefined {
  const { legs } = view.book;
  const pair = pickPair(terms, view, account);
  if (!pair) return undefined;
  const { collateral, debt } = pair;
  const bonusFactor = 1 + legs.liquidationBonus[collateral.leg]!;
  const allowed = largestRepayment(terms, pair, {
    closeFactor: closeFactorOf(view, debt.leg),
    ...valueAccount(view, account, terms.floorsAverageThreshold),
    bonusFactor,
  });
  if (allowed <= 0) return undefined;
  const wanted = ((allowed * debt.priceUsd) / collateral.priceUsd) * bonusFactor;
  const isShort = wanted > collateral.amount;
  const seized = isShort ? collateral.amount : wanted;
  const repaid = isShort ? (seized * collateral.priceUsd) / debt.priceUsd / bonusFactor : allowed;
  const fee = (seized - seized / bonusFactor) * legs.liquidationProtocolFee[collateral.leg]!;
  const effects: Effect[] = [
    { kind: 'leg', leg: debt.leg, delta: -repaid },
    { kind: 'leg', leg: collateral.leg, delta: -seized },
    { kind: 'buy', asset: debt.asset, amount: repaid },
    { kind: 'sell', asset: collateral.asset, amount: seized - fee },
  ];
  if (fee > 0) effects.push({ kind: 'keep', asset: collateral.asset, amount: fee });
  if (isShort && isLastCollateral(terms, view, { account, seized: collateral.leg })) {
    effects.push(...badDebtEffects(terms, view, { account, repaidLeg: debt.leg, repaid }));
  }
  return { account, repaidUsd: repaid * debt.priceUsd, seizedUsd: seized * collateral.priceUsd, effects };
}

interface Side {
  readonly leg: LegRow;
  readonly asset: AssetRow;
  readonly amount: number;
  readonly priceUsd: number;
}

interface Pair {
  readonly collateral: Side;
  readonly debt: Side;
}

/** The most valuable debt and the most valuable collateral that can be seized. */
function pickPair(terms: RepayAndSeizeTerms, view: View, account: AccountRow): Pair | undefined {
  const { accounts, legs } = view.book;
  let collateral: Side | undefined;
  let debt: Side | undefined;
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
    const side = sideOf(view, leg as LegRow);
    if (side.amount <= 0) continue;
    if (legs.side[leg] === -1) debt = larger(debt, side);
    else if (isSeizable(terms, view, leg)) collateral = larger(collateral, side);
  }
  if (!collateral || !debt) return undefined;
  if (terms.closeFactor === 'of-market' && valueUsd(collateral) < LEAST_SEIZED_USD) return undefined;
  return { collateral, debt };
}

function sideOf(view: View, leg: LegRow): Side {
  const oracle = view.book.legs.oracle[leg]!;
  const { asset } = view.book.oracles[oracle]!;
  return { leg, asset, amount: view.amount[leg]!, priceUsd: view.oraclePriceUsd[oracle]! };
}

const valueUsd = (side: Side) => side.amount * side.priceUsd;

const larger = (best: Side | undefined, side: Side) =>
  best && valueUsd(best) >= valueUsd(side) ? best : side;

/** Collateral without a bonus cannot be taken: its reserve is paused, or was never meant to be collateral. */
function isSeizable({ closeFactor }: RepayAndSeizeTerms, { book: { legs } }: View, leg: number): boolean {
  return counts(closeFactor, legs.liquidationThreshold[leg]!) && legs.liquidationBonus[leg]! > 0;
}

/** Whether collateral with a threshold is there for liquidators. */
const counts = (closeFactor: RepayAndSeizeTerms['closeFactor'], threshold: number) =>
  threshold > 0 || closeFactor === 'of-market';

/** The close factor of a debt's market, a ratio; 1 where markets have none of their own. */
function closeFactorOf({ book: { exact, legs } }: View, leg: LegRow): number {
  const wad = exact.marketState[legs.market[leg]!]?.[2];
  return wad === undefined ? 1 : Number(wad) / 1e18;
}

function largestRepayment(
  terms: RepayAndSeizeTerms,
  { collateral, debt }: Pair,
  account: AccountValue & { readonly bonusFactor: number; readonly closeFactor: number },
): number {
  if (terms.closeFactor === 'of-market') return debt.amount * account.closeFactor;
  if (terms.closeFactor === 'all' || account.healthFactor <= FULL_CLOSE_HEALTH_FACTOR) return debt.amount;
  if (terms.closeFactor === 'half-of-debt-asset') return debt.amount / 2;
  const debtUsd = valueUsd(debt);
  const collateralUsd = valueUsd(collateral);
  if (debtUsd < SMALL_POSITION_USD || collateralUsd < SMALL_POSITION_USD) return debt.amount;
  const halfUsd = account.debtUsd / 2;
  if (debtUsd <= halfUsd) return debt.amount;
  // A call that would leave dust on a side reverts, so the liquidator stops short of it.
  const leavesDebtUsd = debtUsd - LEAST_LEFTOVER_USD;
  const leavesCollateralUsd = (collateralUsd - LEAST_LEFTOVER_USD) / account.bonusFactor;
  const clearsCollateral = halfUsd * account.bonusFactor >= collateralUsd;
  const repaidUsd = clearsCollateral ? halfUsd : Math.min(halfUsd, leavesDebtUsd, leavesCollateralUsd);
  return repaidUsd / debt.priceUsd;
}

function isLastCollateral(
  terms: RepayAndSeizeTerms,
  view: View,
  { account, seized }: { readonly account: AccountRow; readonly seized: LegRow },
): boolean {
  const { accounts, legs } = view.book;
  for (let leg = accounts.legStart[account]!; leg < accounts.legStart[account + 1]!; leg++) {
    const isThere = legs.side[leg] === 1 && counts(terms.closeFactor, legs.liquidationThreshold[leg]!);
    if (isThere && leg !== seized && view.amount[leg]! > 0) return false;
  }
  return true;
}

/** All that the account still owes once its last collateral is gone. */
function badDebtEffects(
  terms: RepayAndSeizeTerms,
  view: View,
  of: { readonly account: AccountRow; readonly repaidLeg: LegRow; readonly repaid: number },
): Effect[] {
  const { accounts, legs } = view.book;
  const bornBy = terms.badDebt === 'socialised' ? 'others' : 'nobody';
  const effects: Effect[] = [];
  for (let leg = accounts.legStart[of.account]!; leg < accounts.legStart[of.account + 1]!; leg++) {
    if (legs.side[leg] !== -1) continue;
    const side = sideOf(view, leg as LegRow);
    const amount = side.amount - (leg === of.repaidLeg ? of.repaid : 0);
    if (amount <= 0) continue;
    effects.push({ kind: 'badDebt', asset: side.asset, amount, bornBy });
    if (terms.badDebt === 'left') continue;
    effects.push({ kind: 'leg', leg: side.leg, delta: -amount });
    if (terms.badDebt === 'socialised') continue;
    const deficit = deficitOf(view, of.account, side.asset);
    if (deficit !== undefined) effects.push({ kind: 'fund', fund: deficit, amount: -amount });
  }
  return effects;
}

/** Where the account's venue writes down what it wrote off in an asset; undefined where it keeps no such record. */
function deficitOf({ book }: View, account: AccountRow, asset: AssetRow): FundRow | undefined {
  const venue = book.accounts.venue[account]!;
  const row = book.funds.findIndex(
    (fund) => fund.kind === 'deficit' && fund.asset === asset && fund.venue === venue,
  );
  return row === -1 ? undefined : (row as FundRow);
}
