import {
  minBigint,
  mulDivDown,
  mulDivUp,
  subFloorZero,
  WAD,
  wDivDown,
  wDivUp,
  wMulDown,
} from '@undertow/units';
import { isPairLiquidatable, PRICE_SCALE_E36 } from './health.ts';
import type { PairPosition, PairState } from './health.ts';
import { pairAssetsDown, pairAssetsUp, pairSharesDown, pairSharesUp } from './shares.ts';
import type { PairSide } from './shares.ts';
import type { PairTotals } from './totals.ts';

/** Share of the distance to full threshold that becomes bonus, and the largest bonus (Morpho: ConstantsLib). */
const LIQUIDATION_CURSOR_WAD = (3n * WAD) / 10n;
const MAX_INCENTIVE_FACTOR_WAD = (115n * WAD) / 100n;

/** What a liquidator asks for: some collateral, or some debt shares to repay. Not zero. */
export type PairLiquidationRequest = { readonly seize: bigint } | { readonly repayShares: bigint };

/** What one liquidation does. Amounts in raw units. */
export interface PairLiquidation {
  /** Collateral that the liquidator takes. */
  readonly seized: bigint;
  readonly repaidShares: bigint;
  /** Debt asset that the liquidator pays. May be one unit above the market's whole debt. */
  readonly repaid: bigint;
  /** Debt written off against lenders because no collateral is left. */
  readonly badDebt: bigint;
  readonly badDebtShares: bigint;
  /** The position and the market's totals afterwards. */
  readonly position: PairPosition;
  readonly totals: PairTotals;
}

/**
 * What a liquidator gets per unit repaid, wad: `min(1.15, 1 ÷ (1 − 0.3 × (1 − threshold)))`, rounded down. The
 * bonus is this less one. Source: Morpho.liquidate.
 */
export function pairIncentiveFactorWad(liquidationThresholdWad: bigint): bigint {
  const factor = wDivDown(WAD, WAD - wMulDown(LIQUIDATION_CURSOR_WAD, WAD - liquidationThresholdWad));
  return minBigint(MAX_INCENTIVE_FACTOR_WAD, factor);
}

/**
 * Exact result of liquidating a position; totals must have interest up to the time of the call. When no
 * collateral is left, what is still owed is bad debt: it leaves both the debt and the supply total.
 * Undefined when the contract reverts: the position is healthy, or the request exceeds its debt or collateral.
 * Source: Morpho.liquidate.
 */
export function pairLiquidation(
  position: PairPosition,
  state: PairState,
  request: PairLiquidationRequest,
): PairLiquidation | undefined {
  if (!isPairLiquidatable(position, state)) return undefined;
  const { totals } = state;
  const debt = { assets: totals.debtAssets, shares: totals.debtShares };
  const exchanged = exchange(state, debt, request);
  if (!exchanged) return undefined;
  const { seized, repaidShares } = exchanged;
  if (repaidShares > position.debtShares || seized > position.collateral) return undefined;

  const repaid = pairAssetsUp(repaidShares, debt);
  const left = { assets: subFloorZero(debt.assets, repaid), shares: debt.shares - repaidShares };
  const collateral = position.collateral - seized;
  const badDebtShares = collateral === 0n ? position.debtShares - repaidShares : 0n;
  const badDebt = minBigint(left.assets, pairAssetsUp(badDebtShares, left));
  // Lenders cannot lose more than they own: the contract would revert.
  if (badDebt > totals.supplyAssets) return undefined;
  return {
    seized,
    repaidShares,
    repaid,
    badDebt,
    badDebtShares,
    position: { collateral, debtShares: position.debtShares - repaidShares - badDebtShares },
    totals: {
      ...totals,
      debtAssets: left.assets - badDebt,
      debtShares: left.shares - badDebtShares,
      supplyAssets: totals.supplyAssets - badDebt,
    },
  };
}

/**
 * The most that one liquidation can take: all of the debt when the collateral covers it with the bonus, else all
 * of the collateral (the rest is bad debt). Where the two meet within a rounding, the debt that the collateral
 * covers. Undefined when healthy, or when there is nothing to seize.
 */
export function largestPairLiquidation(
  position: PairPosition,
  state: PairState,
): PairLiquidation | undefined {
  return (
    pairLiquidation(position, state, { repayShares: position.debtShares }) ??
    pairLiquidation(position, state, { seize: position.collateral }) ??
    pairLiquidation(position, state, { repayShares: coveredShares(position, state) })
  );
}

/** Debt shares whose repayment is worth no more collateral than there is. */
function coveredShares(position: PairPosition, state: PairState): bigint {
  const value = mulDivDown(position.collateral, state.priceE36, PRICE_SCALE_E36);
  const repaid = wDivDown(value, pairIncentiveFactorWad(state.liquidationThresholdWad));
  const { debtAssets, debtShares } = state.totals;
  return minBigint(position.debtShares, pairSharesDown(repaid, { assets: debtAssets, shares: debtShares }));
}

function exchange(
  state: PairState,
  debt: PairSide,
  request: PairLiquidationRequest,
): { readonly seized: bigint; readonly repaidShares: bigint } | undefined {
  const factorWad = pairIncentiveFactorWad(state.liquidationThresholdWad);
  if ('seize' in request) {
    if (request.seize <= 0n) return undefined;
    const quoted = mulDivUp(request.seize, state.priceE36, PRICE_SCALE_E36);
    return { seized: request.seize, repaidShares: pairSharesUp(wDivUp(quoted, factorWad), debt) };
  }
  if (request.repayShares <= 0n || state.priceE36 === 0n) return undefined;
  const value = wMulDown(pairAssetsDown(request.repayShares, debt), factorWad);
  return { seized: mulDivDown(value, PRICE_SCALE_E36, state.priceE36), repaidShares: request.repayShares };
}
