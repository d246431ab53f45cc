import { mulDivDown, mulDivUp, wDivDown, wDivUp, wMulDown } from '@undertow/units';
import { pairAssetsUp } from './shares.ts';
import type { PairTotals } from './totals.ts';

/** One in the scale of a pair's oracle price (Morpho: ORACLE_PRICE_SCALE). */
export const PRICE_SCALE_E36 = 10n ** 36n;

/** An owner's position in an isolated pair. */
export interface PairPosition {
  /** Raw units of the collateral asset. */
  readonly collateral: bigint;
  readonly debtShares: bigint;
}

/** What decides whether a position is liquidatable. Totals with interest up to the time asked about. */
export interface PairState {
  readonly totals: PairTotals;
  /** Raw units of the debt asset per raw unit of collateral, × 10³⁶. */
  readonly priceE36: bigint;
  readonly liquidationThresholdWad: bigint;
}

/** What a position owes, raw units of the debt asset, rounded up. */
export function pairDebtUp(position: PairPosition, totals: PairTotals): bigint {
  return pairAssetsUp(position.debtShares, { assets: totals.debtAssets, shares: totals.debtShares });
}

/** Debt up to which a position is healthy: collateral × price × threshold, rounded down at each step. */
export function pairMaxDebtDown(position: PairPosition, state: PairState): bigint {
  const value = mulDivDown(position.collateral, state.priceE36, PRICE_SCALE_E36);
  return wMulDown(value, state.liquidationThresholdWad);
}

/** Whether anyone may liquidate a position: its debt is above what its collateral allows (Morpho._isHealthy). */
export function isPairLiquidatable(position: PairPosition, state: PairState): boolean {
  if (position.debtShares === 0n) return false;
  return pairMaxDebtDown(position, state) < pairDebtUp(position, state.totals);
}

/**
 * Health factor of a position, wad, rounded down: largest healthy debt ÷ debt. Below one exactly when
 * liquidatable. Undefined without debt.
 */
export function pairHealthFactorWad(position: PairPosition, state: PairState): bigint | undefined {
  if (position.debtShares === 0n) return undefined;
  return wDivDown(pairMaxDebtDown(position, state), pairDebtUp(position, state.totals));
}

/**
 * Lowest oracle price (× 10³⁶) at which a position is still healthy: one less and it is liquidatable. Undefined
 * without debt (never liquidatable) and without collateral or threshold (healthy at no price).
 */
export function pairLiquidationPriceE36(
  position: PairPosition,
  state: Omit<PairState, 'priceE36'>,
): bigint | undefined {
  const { collateral, debtShares } = position;
  if (debtShares === 0n || collateral === 0n || state.liquidationThresholdWad === 0n) return undefined;
  const valueNeeded = wDivUp(pairDebtUp(position, state.totals), state.liquidationThresholdWad);
  return mulDivUp(valueNeeded, PRICE_SCALE_E36, collateral);
}
