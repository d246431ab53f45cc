import type { AccountValue, RepayAndSeizeRule } from '@undertow/book';
import type { View } from '../../state.ts';
import { ASSET, BONUS, FEE, LEG_WIDTH, ORACLE } from './leg-terms.ts';

/** A call on a debt and a collateral of an account, offered or chosen. Amounts and values at size 1. */
export interface Call {
  isChosen: boolean;
  debtLeg: number;
  collateralLeg: number;
  /** Assets of the collateral and of the debt. */
  sold: number;
  bought: number;
  repaid: number;
  seized: number;
  fee: number;
  repaidUsd: number;
  seizedUsd: number;
  isShort: boolean;
  mostPart: number;
  /** What the repayment costs where the markets stand, USD. */
  costUsd: number;
  /** Of the last size that was tried. */
  size: number;
  profitUsd: number;
  marginalUsd: number;
}

export const emptyCall = (): Call => ({
  isChosen: false,
  debtLeg: 0,
  collateralLeg: 0,
  sold: 0,
  bought: 0,
  repaid: 0,
  seized: 0,
  fee: 0,
  repaidUsd: 0,
  seizedUsd: 0,
  isShort: false,
  mostPart: 1,
  costUsd: 0,
  size: 0,
  profitUsd: 0,
  marginalUsd: 0,
});

/** What offers of an account are made of. */
export interface Sides {
  readonly terms: Float64Array;
  view: View | undefined;
  /** Of the account. */
  readonly value: AccountValue;
  /** The first of its legs. */
  first: number;
  /** Value of each of its legs, from the first on. */
  readonly legUsd: Float64Array;
}

interface Pair {
  readonly rule: RepayAndSeizeRule;
  readonly debtLeg: number;
  readonly collateralLeg: number;
}

/** As `offerOf` of the kernel: writes the call of size 1 into `call`; false where the contract takes none. */
export function offerInto(call: Call, sides: Sides, pair: Pair): boolean {
  const { rule, debtLeg, collateralLeg } = pair;
  const { terms, first, legUsd } = sides;
  const { amount, oraclePriceUsd } = sides.view!;
  const [debtTerms, collateralTerms] = [LEG_WIDTH * debtLeg, LEG_WIDTH * collateralLeg];
  const debtPriceUsd = oraclePriceUsd[terms[debtTerms + ORACLE]!]!;
  const collateralPriceUsd = oraclePriceUsd[terms[collateralTerms + ORACLE]!]!;
  const bonusFactor = 1 + terms[collateralTerms + BONUS]!;
  const allowed = largestRepayment(sides, pair, bonusFactor);
  if (allowed <= 0) return false;
  const wanted = ((allowed * debtPriceUsd) / collateralPriceUsd) * bonusFactor;
  const has = amount[collateralLeg]!;
  call.isShort = wanted >= has;
  call.seized = call.isShort ? has : wanted;
  call.repaid = call.isShort ? (call.seized * collateralPriceUsd) / debtPriceUsd / bonusFactor : allowed;
  call.fee = (call.seized - call.seized / bonusFactor) * terms[collateralTerms + FEE]!;
  call.repaidUsd = call.repaid * debtPriceUsd;
  call.seizedUsd = call.seized * collateralPriceUsd;
  call.debtLeg = debtLeg;
  call.collateralLeg = collateralLeg;
  call.bought = terms[debtTerms + ASSET]!;
  call.sold = terms[collateralTerms + ASSET]!;
  call.mostPart = 1;
  if (rule.leastLeftoverUsd !== 0) {
    const ofDebt = (legUsd[debtLeg - first]! - rule.leastLeftoverUsd) / call.repaidUsd;
    const ofCollateral = (legUsd[collateralLeg - first]! - rule.leastLeftoverUsd) / call.seizedUsd;
    call.mostPart = Math.min(1, Math.max(0, Math.min(ofDebt, ofCollateral)));
  }
  return true;
}

/** As `largestRepayment` of the kernel. */
function largestRepayment(
  { terms, view, value, first, legUsd }: Sides,
  { rule, debtLeg, collateralLeg }: Pair,
  bonusFactor: number,
): number {
  const { amount, oraclePriceUsd } = view!;
  const owed = amount[debtLeg]!;
  const debtUsd = legUsd[debtLeg - first]!;
  const collateralUsd = legUsd[collateralLeg - first]!;
  if (rule.fullCloseHealthFactor > 0 && value.healthFactor <= rule.fullCloseHealthFactor) return owed;
  if (rule.closeFactorOf === 'one-debt') return owed * rule.closeFactor;
  if (debtUsd < rule.smallPositionUsd || collateralUsd < rule.smallPositionUsd) return owed;
  const shareUsd = value.debtUsd * rule.closeFactor;
  if (debtUsd <= shareUsd) return owed;
  const leavesDebtUsd = debtUsd - rule.leastLeftoverUsd;
  const leavesCollateralUsd = (collateralUsd - rule.leastLeftoverUsd) / bonusFactor;
  const clearsCollateral = shareUsd * bonusFactor >= collateralUsd;
  const repaidUsd = clearsCollateral ? shareUsd : Math.min(shareUsd, leavesDebtUsd, leavesCollateralUsd);
  return repaidUsd / oraclePriceUsd[terms[LEG_WIDTH * debtLeg + ORACLE]!]!;
}
