import { NOTHING_PER_STAKE } from './position.ts';
import type { PerStake } from './position.ts';

/** Debt in its two parts, raw units. */
export interface CdpDebt {
  readonly principal: bigint;
  readonly interest: bigint;
}

/** What a system of collateralised debt positions stores for all of them together. Raw units. */
export interface CdpGrowth {
  readonly form: 'cdp';
  /** Redistributed per unit of stake in all. */
  readonly perStake: PerStake;
  /** Σ stakes, and all collateral, right after the newest liquidation: what new stakes are measured by. 0 before it. */
  readonly stakesAtLiquidation: bigint;
  readonly collateralAtLiquidation: bigint;
  /** Of positions, as they are stored. */
  readonly activeCollateral: bigint;
  readonly activeDebt: CdpDebt;
  /** Redistributed, and not yet taken over by the positions. */
  readonly pendingCollateral: bigint;
  readonly pendingDebt: CdpDebt;
  /** Σ principal · rate in basis points. */
  readonly interestNumerator: bigint;
  /** When `activeDebt` was last brought up to date, unix seconds; 0 = never. */
  readonly accruedAt: number;
}

/** What one event says of it. Fields that are absent keep their value, but `accruedAt`: see `foldCdpGrowth`. */
export type CdpGrowthChange = { readonly form: 'cdp' } & Partial<Omit<CdpGrowth, 'form'>>;

const NO_DEBT: CdpDebt = { principal: 0n, interest: 0n };

/** Before the first event. */
export const EMPTY_CDP_GROWTH: CdpGrowth = {
  form: 'cdp',
  perStake: NOTHING_PER_STAKE,
  stakesAtLiquidation: 0n,
  collateralAtLiquidation: 0n,
  activeCollateral: 0n,
  activeDebt: NO_DEBT,
  pendingCollateral: 0n,
  pendingDebt: NO_DEBT,
  interestNumerator: 0n,
  accruedAt: 0,
};

/**
 * The growth after an event at a time (unix seconds). Whatever changes the active debt or the interest's numerator has
 * brought interest up to its time. Source: the callers of `InterestRateManager.updateSystemInterest` in MUSD 1.1.0.
 */
export function foldCdpGrowth(
  before: CdpGrowth | undefined,
  change: CdpGrowthChange,
  time: number,
): CdpGrowth {
  const accrues = change.activeDebt !== undefined || change.interestNumerator !== undefined;
  return { ...(before ?? EMPTY_CDP_GROWTH), ...(accrues && { accruedAt: time }), ...change };
}
