import {
  fundRow,
  legsOf,
  valueAccount,
  type AccountRow,
  type LegRow,
  type RepayAndSeizeRule,
} from '@undertow/book';
import { assert } from '@undertow/units';
import type { Claim, Effect, Kernel, Liquidation, Offer, Refusal } from '../kernel.ts';
import type { View } from '../state.ts';
import { largestRepayment } from './largest-repayment.ts';
import { sideOf, sidesOf, type Side } from './sides.ts';

/**
 * Venues where a liquidator repays debt and takes collateral at the oracle price plus a bonus: pooled lending, isolated pairs,
 * money markets. One offer for each debt and each collateral that may be seized, up to what one call may repay; collateral sets
 * the limit when it is short. Part of the bonus may stay with the protocol, which does not sell it.
 *
 * Source: the exact integer versions in libs/market, `pooledLiquidation`, `largestPairLiquidation`, `moneyMarketSeizure`.
 */
export const repayAndSeize: Kernel = {
  claims: (view, due) =>
    due.map((account): Claim => {
      const { healthFactor } = valueAccount(view, account);
      return { accounts: [account], healthFactor, phase: 0, offers: (now) => offersOf(now, account) };
    }),
};

function offersOf(view: View, account: AccountRow): readonly Offer[] | Refusal {
  const rule = ruleOf(view, account);
  const sides = sidesOf(view, account, rule);
  if (sides.collateral.length === 0) return sides.isPaused ? 'paused' : 'no-collateral';
  const pairs = sides.debt.flatMap((debt) => sides.collateral.map((collateral) => ({ debt, collateral })));
  return pairs.flatMap((pair) => offerOf(view, account, { rule, ...pair }) ?? []);
}

/** The offer of one debt and one collateral among those of an account that is due; undefined when nothing of it may be repaid. */
export function offerOfLegs(
  view: View,
  account: AccountRow,
  { debtLeg, collateralLeg }: { readonly debtLeg: LegRow; readonly collateralLeg: LegRow },
): Offer | undefined {
  const pair = { debt: sideOf(view, debtLeg), collateral: sideOf(view, collateralLeg) };
  return offerOf(view, account, { rule: ruleOf(view, account), ...pair });
}

function ruleOf({ book: { venues, accounts } }: View, account: AccountRow): RepayAndSeizeRule {
  const { rule } = venues[accounts.venue[account]!]!;
  assert(rule?.kernel === 'repay-and-seize', 'an account of such a venue has its rule');
  return rule;
}

interface Pair {
  readonly rule: RepayAndSeizeRule;
  readonly debt: Side;
  readonly collateral: Side;
}

function offerOf(view: View, account: AccountRow, pair: Pair): Offer | undefined {
  const { rule, debt, collateral } = pair;
  const { legs } = view.book;
  const bonusFactor = 1 + legs.liquidationBonus[collateral.leg]!;
  const allowed = largestRepayment(rule, pair, { ...valueAccount(view, account), bonusFactor });
  if (allowed <= 0) return undefined;
  const wanted = ((allowed * debt.priceUsd) / collateral.priceUsd) * bonusFactor;
  const isShort = wanted >= collateral.amount;
  const seized = isShort ? collateral.amount : wanted;
  const repaid = isShort ? (seized * collateral.priceUsd) / debt.priceUsd / bonusFactor : allowed;
  const fee = (seized - seized / bonusFactor) * legs.liquidationProtocolFee[collateral.leg]!;
  const repaidUsd = repaid * debt.priceUsd;
  const seizedUsd = seized * collateral.priceUsd;
  return {
    mostPart: mostPart(rule, [
      { valueUsd: debt.valueUsd, takenUsd: repaidUsd },
      { valueUsd: collateral.valueUsd, takenUsd: seizedUsd },
    ]),
    flows: [
      { asset: collateral.asset, amount: seized - fee },
      { asset: debt.asset, amount: -repaid },
    ],
    soldByOthers: [],
    at: (size): readonly Liquidation[] => {
      const effects: Effect[] = [
        { kind: 'leg', leg: debt.leg, delta: -repaid * size },
        { kind: 'leg', leg: collateral.leg, delta: -seized * size },
      ];
      if (fee > 0)
        effects.push({ kind: 'lot', asset: collateral.asset, holder: 'protocol', amount: fee * size });
      if (isShort && size === 1 && isLastCollateral(view, account, { rule, seized: collateral.leg }))
        effects.push(...badDebtEffects(view, account, { rule, repaidLeg: debt.leg, repaid }));
      return [{ account, repaidUsd: repaidUsd * size, seizedUsd: seizedUsd * size, effects }];
    },
  };
}

/** The largest part of a call after which each side keeps what the contract wants left of it; the whole may clear a side. */
function mostPart(
  { leastLeftoverUsd }: RepayAndSeizeRule,
  sides: readonly { readonly valueUsd: number; readonly takenUsd: number }[],
): number {
  if (leastLeftoverUsd === 0) return 1;
  const parts = sides.map(({ valueUsd, takenUsd }) => (valueUsd - leastLeftoverUsd) / takenUsd);
  return Math.min(1, Math.max(0, Math.min(...parts)));
}

function isLastCollateral(
  { book, amount }: View,
  account: AccountRow,
  { rule, seized }: { readonly rule: RepayAndSeizeRule; readonly seized: LegRow },
): boolean {
  const { legs } = book;
  return legsOf(book, account).every((leg) => {
    const counts = legs.liquidationThreshold[leg]! > 0 || rule.seizesAllSupply;
    return legs.side[leg] === -1 || leg === seized || !counts || amount[leg]! <= 0;
  });
}

/** All that the account still owes once its last collateral is gone. */
function badDebtEffects(
  view: View,
  account: AccountRow,
  of: { readonly rule: RepayAndSeizeRule; readonly repaidLeg: LegRow; readonly repaid: number },
): Effect[] {
  const { book, amount } = view;
  const { badDebt } = of.rule;
  return legsOf(book, account).flatMap((leg): Effect[] => {
    if (book.legs.side[leg] !== -1) return [];
    const owed = amount[leg]! - (leg === of.repaidLeg ? of.repaid : 0);
    if (owed <= 0) return [];
    const { asset } = book.oracles[book.legs.oracle[leg]!]!;
    const said: Effect = {
      kind: 'badDebt',
      asset,
      amount: owed,
      borneBy: badDebt === 'socialised' ? 'others' : 'nobody',
    };
    if (badDebt === 'left') return [said];
    const writtenOff: Effect = { kind: 'leg', leg, delta: -owed };
    const deficit = badDebt === 'deficit' ? fundRow(book, account, { kind: 'deficit', asset }) : undefined;
    if (deficit === undefined) return [said, writtenOff];
    return [said, writtenOff, { kind: 'fund', fund: deficit, amount: -owed }];
  });
}
