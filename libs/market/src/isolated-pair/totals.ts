import { maxBigint, WAD } from '@undertow/units';
import type { IndexAccrued } from '../fact.ts';

/** Largest share of the interest that may go to the fee recipient (Morpho: `ConstantsLib.MAX_FEE`, `setFee`). */
export const MAX_PAIR_FEE_WAD: bigint = WAD / 4n;

/** Totals of an isolated pair as its venue stores them (Morpho Blue: `market(id)`, and the rate model's own state). */
export interface PairTotals {
  /** Raw units of the debt asset that lenders own. */
  readonly supplyAssets: bigint;
  readonly supplyShares: bigint;
  /** Raw units of the debt asset that borrowers owe. */
  readonly debtAssets: bigint;
  readonly debtShares: bigint;
  /** Share of the interest that goes to the fee recipient, as supply shares. */
  readonly feeWad: bigint;
  /** Rate at target of an adaptive curve, per second; 0 before its first use and for other models. */
  readonly rateAtTargetWad: bigint;
  /** Time to which interest is included, unix seconds. */
  readonly accruedAt: number;
}

/** Totals of a pair before its first fact. */
export const emptyPairTotals: PairTotals = {
  supplyAssets: 0n,
  supplyShares: 0n,
  debtAssets: 0n,
  debtShares: 0n,
  feeWad: 0n,
  rateAtTargetWad: 0n,
  accruedAt: 0,
};

/**
 * Totals after one fact about them. Debt assets stop at zero: a full repayment may round to one unit more than
 * is owed (Morpho.repay and Morpho.liquidate, `UtilsLib.zeroFloorSub`). Facts about ray indices change nothing.
 */
export function foldPairTotals(
  totals: PairTotals,
  fact: Pick<IndexAccrued, 'accrual' | 'accruedAt' | 'time'>,
): PairTotals {
  const { accrual } = fact;
  switch (accrual.form) {
    case 'ray':
    case 'rayAccrued':
      return totals;
    case 'fee':
      return { ...totals, feeWad: accrual.feeWad };
    case 'rateAtTarget':
      return { ...totals, rateAtTargetWad: accrual.rateAtTargetWad };
    case 'totals': {
      const accruedAt = accrual.accrued ? (fact.accruedAt ?? fact.time) : totals.accruedAt;
      if (accrual.side === 'supply') {
        const supplyAssets = totals.supplyAssets + accrual.assetsDelta;
        return {
          ...totals,
          supplyAssets,
          supplyShares: totals.supplyShares + accrual.sharesDelta,
          accruedAt,
        };
      }
      const debtAssets = maxBigint(0n, totals.debtAssets + accrual.assetsDelta);
      return { ...totals, debtAssets, debtShares: totals.debtShares + accrual.sharesDelta, accruedAt };
    }
  }
}
