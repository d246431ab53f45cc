import { minBigint, WAD } from '@undertow/units';
import type { CdpAmounts } from './account.ts';
import type { PerStake } from './position.ts';

/** Where the collateral and debt of one liquidated position go. Raw units. */
export interface CdpLiquidation {
  /** To the liquidator. */
  readonly compensation: bigint;
  /** The pool pays the debt and takes the collateral. */
  readonly offset: CdpShare;
  /** Other positions take both, by stake. */
  readonly redistributed: CdpShare;
}

export interface CdpShare {
  readonly collateral: bigint;
  readonly principal: bigint;
  readonly interest: bigint;
}

/**
 * One liquidation. The pool pays interest first, then principal, as long as it lasts, and gets collateral in proportion;
 * the rest is redistributed.
 * Source: `TroveManager._liquidate`, `_getOffsetAndRedistributionVals`, `LiquityBase._getCollGasCompensation` of MUSD 1.1.0.
 */
export function cdpLiquidation(
  { collateral, principal, interest }: Omit<CdpAmounts, 'pending'>,
  { pool, compensationDivisor }: { readonly pool: bigint; readonly compensationDivisor: bigint },
): CdpLiquidation {
  const compensation = collateral / compensationDivisor;
  const rest = collateral - compensation;
  const interestPaid = minBigint(interest, pool);
  const principalPaid = minBigint(principal, pool - interestPaid);
  const debt = principal + interest;
  const taken = debt === 0n ? 0n : (rest * (principalPaid + interestPaid)) / debt;
  return {
    compensation,
    offset: { collateral: taken, principal: principalPaid, interest: interestPaid },
    redistributed: {
      collateral: rest - taken,
      principal: principal - principalPaid,
      interest: interest - interestPaid,
    },
  };
}

/**
 * Liquidates positions in their order, as one batch: what is left of the pool after each is there for the next.
 * Source: `TroveManager._getTotalsFromBatchLiquidate`.
 */
export function cdpBatch(
  positions: readonly Omit<CdpAmounts, 'pending'>[],
  by: { readonly pool: bigint; readonly compensationDivisor: bigint },
): { readonly liquidations: readonly CdpLiquidation[]; readonly pool: bigint } {
  let { pool } = by;
  const liquidations = positions.map((position) => {
    const done = cdpLiquidation(position, { ...by, pool });
    pool -= done.offset.principal + done.offset.interest;
    return done;
  });
  return { liquidations, pool };
}

/** What was redistributed per stake in all, and what the floors of the newest redistribution left over, wad. */
export interface Redistribution {
  readonly perStake: PerStake;
  readonly leftOver: PerStake;
}

/**
 * Redistributes collateral and debt over stakes. What a floor leaves over joins the next redistribution. Nothing changes
 * when there is no debt. Stakes are those of the positions that are left, above zero.
 * Source: `TroveManager._redistributeDebtAndColl`.
 */
export function redistribute(before: Redistribution, share: CdpShare, stakes: bigint): Redistribution {
  if (share.principal === 0n && share.interest === 0n) return before;
  const part = (key: keyof PerStake, amount: bigint) => {
    const numerator = amount * WAD + before.leftOver[key];
    const each = numerator / stakes;
    return { total: before.perStake[key] + each, leftOver: numerator - each * stakes };
  };
  const collateral = part('collateralWad', share.collateral);
  const principal = part('principalWad', share.principal);
  const interest = part('interestWad', share.interest);
  return {
    perStake: {
      collateralWad: collateral.total,
      principalWad: principal.total,
      interestWad: interest.total,
    },
    leftOver: {
      collateralWad: collateral.leftOver,
      principalWad: principal.leftOver,
      interestWad: interest.leftOver,
    },
  };
}
