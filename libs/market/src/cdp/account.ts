import { WAD } from '@undertow/units';
import { interestSinceDown, systemInterestDown } from './interest.ts';
import type { CdpGrowth } from './growth.ts';
import type { CdpPosition, PerStake } from './position.ts';

/** All of a position, raw units: stored, accrued and redistributed to it. */
export interface CdpAmounts {
  readonly collateral: bigint;
  readonly principal: bigint;
  readonly interest: bigint;
  /** Of these: redistributed to it, and not yet stored. */
  readonly pending: {
    readonly collateral: bigint;
    readonly principal: bigint;
    readonly interest: bigint;
  };
}

/**
 * What a position holds and owes at a time (unix seconds, not before it accrued).
 * Source: `TroveManager.getEntireDebtAndColl` of MUSD 1.1.0.
 */
export function cdpAmounts(position: CdpPosition, perStake: PerStake, time: number): CdpAmounts {
  const pending = pendingDown(position, perStake);
  return {
    collateral: position.collateral + pending.collateral,
    principal: position.principal + pending.principal,
    interest: position.interestOwed + interestSinceDown(position, time) + pending.interest,
    pending,
  };
}

/**
 * What has been redistributed to a position since it last took its share: `⌊stake · growth ÷ 10¹⁸⌋` of each. Interest
 * comes only with principal. Source: `TroveManager.getPendingCollateral` and `getPendingDebt`.
 */
function pendingDown({ stake, received }: CdpPosition, perStake: PerStake): CdpAmounts['pending'] {
  const share = (part: keyof PerStake) => (stake * (perStake[part] - received[part])) / WAD;
  const hasDebt = perStake.principalWad !== received.principalWad;
  return {
    collateral: share('collateralWad'),
    principal: hasDebt ? share('principalWad') : 0n,
    interest: hasDebt ? share('interestWad') : 0n,
  };
}

/** What a position's debt is without what was redistributed to it. Source: `TroveManager.getTroveDebt`. */
export function cdpOwnDebt(position: CdpPosition, time: number): bigint {
  return position.principal + position.interestOwed + interestSinceDown(position, time);
}

/** Collateral and debt of a whole system, raw units. */
export interface CdpTotals {
  readonly collateral: bigint;
  readonly debt: bigint;
}

/** Source: `LiquityBase.getEntireSystemColl` and `getEntireSystemDebt`. */
export function cdpTotals(growth: CdpGrowth, time: number): CdpTotals {
  const { activeDebt, pendingDebt, interestNumerator, accruedAt } = growth;
  const stored = activeDebt.principal + activeDebt.interest + pendingDebt.principal + pendingDebt.interest;
  return {
    collateral: growth.activeCollateral + growth.pendingCollateral,
    debt: stored + systemInterestDown(interestNumerator, accruedAt, time),
  };
}

/**
 * Stake of a position with some collateral: the collateral, brought down to what stakes were worth right after the
 * newest liquidation. Source: `TroveManager._computeNewStake`.
 */
export function newStakeDown(
  collateral: bigint,
  { stakesAtLiquidation: stakes, collateralAtLiquidation: all }: CdpGrowth,
): bigint {
  return all === 0n ? collateral : (collateral * stakes) / all;
}
