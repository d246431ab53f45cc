import { wDivDown, wMulDown, wTaylorCompoundedDown } from '@undertow/units';
import { adaptiveCurveRates } from './adaptive-curve.ts';
import { pairSharesDown } from './shares.ts';
import type { PairTotals } from './totals.ts';
import type { RateModelForm } from '../terms.ts';

const SECONDS_PER_YEAR = 365n * 24n * 60n * 60n;

/** Borrow rate that a rate model charges from the last accrual to a later time, and what it then stores. */
export interface PairRate {
  /** Wad per second. */
  readonly ratePerSecondWad: bigint;
  /** New rate at target; as before for models that have none. */
  readonly rateAtTargetWad: bigint;
}

/**
 * Rate of a pair for the stretch from its last accrual to `time` (unix seconds, not before it); undefined for a
 * model of unknown form. Use = debt ÷ supply, rounded down; 0 without supply.
 * Sources: `none`: no model set, no interest; IrmMock.borrowRateView; AdaptiveCurveIrm.borrowRateView.
 */
export function pairRate(totals: PairTotals, model: RateModelForm, time: number): PairRate | undefined {
  const { supplyAssets, debtAssets, rateAtTargetWad } = totals;
  const utilizationWad = supplyAssets === 0n ? 0n : wDivDown(debtAssets, supplyAssets);
  switch (model) {
    case 'none':
      return { ratePerSecondWad: 0n, rateAtTargetWad };
    case 'utilization-over-year':
      return { ratePerSecondWad: utilizationWad / SECONDS_PER_YEAR, rateAtTargetWad };
    case 'adaptive-curve': {
      const seconds = BigInt(time - totals.accruedAt);
      const rates = adaptiveCurveRates(utilizationWad, rateAtTargetWad, seconds);
      return { ratePerSecondWad: rates.averageWad, rateAtTargetWad: rates.rateAtTargetWad };
    }
    case 'unknown':
      return undefined;
  }
}

/**
 * Totals of a pair with interest brought up to `time` (unix seconds): debt and supply grow by the compound
 * interest, and the fee on it becomes supply shares. At or before the last accrual nothing changes; undefined for
 * a rate model of unknown form. Source: Morpho._accrueInterest.
 */
export function accruePair(totals: PairTotals, model: RateModelForm, time: number): PairTotals | undefined {
  if (time <= totals.accruedAt) return totals;
  const rate = pairRate(totals, model, time);
  if (!rate) return undefined;
  const growthWad = wTaylorCompoundedDown(rate.ratePerSecondWad, BigInt(time - totals.accruedAt));
  const interest = wMulDown(totals.debtAssets, growthWad);
  const supplyAssets = totals.supplyAssets + interest;
  const fee = wMulDown(interest, totals.feeWad);
  // The fee is taken off first because the total already holds all of the interest.
  const feeShares = pairSharesDown(fee, { assets: supplyAssets - fee, shares: totals.supplyShares });
  return {
    ...totals,
    supplyAssets,
    supplyShares: totals.supplyShares + feeShares,
    debtAssets: totals.debtAssets + interest,
    rateAtTargetWad: rate.rateAtTargetWad,
    accruedAt: time,
  };
}
